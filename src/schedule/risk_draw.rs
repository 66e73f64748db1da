//! What is drawn in each iteration, and drawing it for a block of them.

use super::distribution::{Distribution, Source};
use super::draw_table::{NormalTable, WordTable};
use super::lanes::{Floats, LANES, Words, mask, only, select};
use super::random::philox;
use crate::parallel::each;

/// Everything that is drawn, in an order that is never changed: the place of a variable is part of
/// the counter of its random words.
pub(super) struct Draws {
    variables: Vec<Variable>,
    normal: WordTable,
    /// What tables are made of, until they are made.
    sources: Vec<Source>,
    tables: Vec<NormalTable>,
    pub(super) factors: usize,
    pub(super) events: Vec<EventDraw>,
    /// How many costs are spent whatever happens.
    spent: usize,
    /// Positions of a fixed duration that events lengthen, with that duration.
    pub(super) refilled: Vec<(usize, f32)>,
}

/// Which activities an event lengthens, by position.
pub(super) struct EventDraw {
    pub(super) positions: Vec<usize>,
}

struct Variable {
    target: Target,
    draw: Draw,
}

/// What a variable is for.
#[derive(Clone, Copy)]
pub(super) enum Target {
    Factor(usize),
    /// By position.
    Duration(usize),
    Happens(usize),
    Impact(usize),
    /// Of an event.
    Cost(usize),
    /// Spent whatever happens.
    Spent(usize),
}

/// How words become values.
enum Draw {
    Triangle(Triangle),
    Table(Normal),
    /// A standard normal value.
    Normal,
    /// Happens if the word is below; always if there is no such word.
    Below(Option<u32>),
}

/// A normal value, made of those of factors and one of its own, that a table turns into values.
struct Normal {
    /// Factors with their loadings.
    loadings: Vec<(usize, f32)>,
    own: f32,
    table: usize,
}

struct Triangle {
    low: f32,
    high: f32,
    /// The probability of less than the mode.
    below_mode: f32,
    rise: f32,
    fall: f32,
}

/// What is drawn for a block of iterations.
pub(super) struct Drawn {
    factors: Vec<Floats>,
    /// By event: all bits set where it happens.
    pub(super) happens: Vec<Words>,
    impacts: Vec<Floats>,
    pub(super) costs: Vec<Floats>,
    /// What is spent whatever happens.
    pub(super) spent: Vec<Floats>,
}

impl Draws {
    pub(super) fn new(factors: usize) -> Self {
        let normal = |factor| Variable { target: Target::Factor(factor), draw: Draw::Normal };
        Self {
            variables: (0..factors).map(normal).collect(),
            normal: WordTable::normal(),
            sources: Vec::new(),
            tables: Vec::new(),
            factors,
            events: Vec::new(),
            spent: 0,
            refilled: Vec::new(),
        }
    }

    /// Room for what is drawn.
    pub(super) fn drawn(&self) -> Drawn {
        let events = self.events.len();
        Drawn {
            factors: vec![[0.0; LANES]; self.factors],
            happens: vec![[0; LANES]; events],
            impacts: vec![[0.0; LANES]; events],
            costs: vec![[0.0; LANES]; events],
            spent: vec![[0.0; LANES]; self.spent],
        }
    }

    /// One more variable; `loadings` on factors, whose squares sum up to 1 at most.
    pub(super) fn add(&mut self, target: Target, of: &Distribution, loadings: &[(usize, f64)]) {
        let source = Source::new(of);
        #[expect(clippy::cast_possible_truncation, reason = "draws are short floats")]
        let short = |value: f64| value as f32;
        let draw = match source {
            Source::Triangle(low, mode, high) if loadings.is_empty() => Draw::Triangle(Triangle {
                low: short(low),
                high: short(high),
                below_mode: short((mode - low) / (high - low)),
                rise: short((high - low) * (mode - low)),
                fall: short((high - low) * (high - mode)),
            }),
            _ => {
                self.sources.push(source);
                let shared: f64 = loadings.iter().map(|(_, loading)| loading * loading).sum();
                let loadings = loadings.iter().map(|(factor, loading)| (*factor, short(*loading)));
                Draw::Table(Normal {
                    loadings: loadings.collect(),
                    own: short((1.0 - shared).max(0.0).sqrt()),
                    table: self.sources.len() - 1,
                })
            }
        };
        self.variables.push(Variable { target, draw });
    }

    /// A cost that is spent whatever happens.
    pub(super) fn add_spent(&mut self, cost: &Distribution, loadings: &[(usize, f64)]) {
        self.add(Target::Spent(self.spent), cost, loadings);
        self.spent += 1;
    }

    /// Makes the tables, once all variables are there: each takes as long as 10,000 draws from it.
    pub(super) fn tabulate(&mut self) {
        self.tables = each(&self.sources, NormalTable::new);
    }

    /// An event that happens with a probability.
    pub(super) fn add_event(&mut self, probability: f64, positions: Vec<usize>) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of the words"
        )]
        let below = (probability < 1.0).then_some((probability * 2_f64.powi(32)) as u32);
        let target = Target::Happens(self.events.len());
        self.variables.push(Variable { target, draw: Draw::Below(below) });
        self.events.push(EventDraw { positions });
    }

    /// Draws a block of iterations, events added to durations.
    #[inline(always)]
    pub(super) fn block(&self, seed: u64, first: u64, drawn: &mut Drawn, durations: &mut [Floats]) {
        let mut words = [[0; LANES]; 4];
        for (group, variables) in (0_u32..).zip(self.variables.chunks(4)) {
            philox(seed, first, group, &mut words);
            for (variable, words) in variables.iter().zip(&words) {
                self.one(variable, words, drawn, durations);
            }
        }
        for (position, duration_days) in &self.refilled {
            if let Some(durations) = durations.get_mut(*position) {
                *durations = [*duration_days; LANES];
            }
        }
        let impacts = drawn.happens.iter().zip(&drawn.impacts);
        for (event, (happens, impacts)) in self.events.iter().zip(impacts) {
            for position in &event.positions {
                let Some(durations) = durations.get_mut(*position) else { continue };
                for ((days, impact), happens) in durations.iter_mut().zip(impacts).zip(happens) {
                    *days += only(*happens, *impact);
                }
            }
        }
    }

    #[inline(always)]
    fn one(&self, variable: &Variable, words: &Words, drawn: &mut Drawn, durations: &mut [Floats]) {
        let values = match variable.target {
            Target::Factor(factor) => {
                if let Some(factors) = drawn.factors.get_mut(factor) {
                    self.normal.draw(words, factors);
                }
                return;
            }
            Target::Happens(event) => {
                let Some(happens) = drawn.happens.get_mut(event) else { return };
                if let Draw::Below(below) = variable.draw {
                    for (happens, word) in happens.iter_mut().zip(words) {
                        *happens = mask(below.is_none_or(|below| *word < below));
                    }
                }
                return;
            }
            Target::Duration(position) => durations.get_mut(position),
            Target::Impact(event) => drawn.impacts.get_mut(event),
            Target::Cost(event) => drawn.costs.get_mut(event),
            Target::Spent(number) => drawn.spent.get_mut(number),
        };
        let Some(values) = values else { return };
        match &variable.draw {
            Draw::Triangle(triangle) => triangle.draw(words, values),
            Draw::Table(of) => {
                let Some(table) = self.tables.get(of.table) else { return };
                let mut normals = [0.0; LANES];
                self.normal.draw(words, &mut normals);
                if !of.loadings.is_empty() {
                    of.share(&drawn.factors, &mut normals);
                }
                table.draw(&normals, values);
            }
            Draw::Normal | Draw::Below(_) => {}
        }
    }
}

impl Normal {
    /// Its own value with those of its factors.
    #[inline(always)]
    fn share(&self, factors: &[Floats], normals: &mut Floats) {
        for value in normals.iter_mut() {
            *value *= self.own;
        }
        for (factor, loading) in &self.loadings {
            let Some(factors) = factors.get(*factor) else { continue };
            for (value, factor) in normals.iter_mut().zip(factors) {
                *value += loading * factor;
            }
        }
    }
}

impl Triangle {
    /// The quantile in closed form; a square root is rounded the same way on all machines.
    #[inline(always)]
    fn draw(&self, words: &Words, values: &mut Floats) {
        const STEP: f32 = 1.0 / (1 << 23) as f32;
        let Self { low, high, below_mode, rise, fall } = *self;
        for (word, value) in words.iter().zip(values) {
            // 23 bits and a half: never 0 nor 1.
            let share = ((word >> 9).cast_signed() as f32 + 0.5) * STEP;
            let is_below = mask(share < below_mode);
            let root = select(is_below, share * rise, (1.0 - share) * fall).sqrt();
            *value = select(is_below, low + root, high - root);
        }
    }
}
