//! What a search makes small: the cost of a draft, with the limits drawn in.
//!
//! Limits and the balance of earth are taken by augmented Lagrangians. A limit c >= 0 with the
//! multiplier m adds (max(m - r c, 0)^2 - m^2) / 2r. The balance of earth is the greater of two
//! linear forms of the fill that is lacking, d: in place of the kink stands the largest of
//! l d - (l - k)^2 / 2s over all l between both prices, with k the price that was right before.
//!
//! The gradient goes by stations: what a section costs more when it is moved follows in closed form
//! with the section, and how each variable moves the stations, by differences of the layout, which
//! needs no ground.

use super::layout::Layout;
use super::line_draft::LineDraft;
use super::quasi_newton::Smooth;
use super::section::Section;
use super::variables::{PLAN_VARIABLES, unpack};
use super::{EarthVolume, Ground, LineTask};

/// How far within its reach a slope is to end.
const REACH_MARGIN_M: f64 = 0.1;

/// The step of a variable by which the layout is differentiated.
const STEP: f64 = 1e-6;

/// How fast the price of lacking fill follows it.
const BALANCE_USD_PER_M6: f64 = 3e-4;

/// The cost of a draft with its limits, as a function of its variables.
pub(super) struct Objective<'a, G> {
    ground: &'a G,
    task: &'a LineTask,
    bends: usize,
    steps: u32,
    /// One a limit.
    multipliers: Vec<f64>,
    /// How sharply a broken limit is felt.
    sharpness: f64,
    /// The price of a cubic metre of fill that is lacking.
    lacking_usd_per_m3: f64,
    /// What a slope beyond reach costs a square metre and metre.
    open_usd_per_m3: f64,
    here: Layout,
    moved: Layout,
    variables: Vec<f64>,
    draft: LineDraft,
    sections: Vec<Section>,
    volume: EarthVolume,
}

impl<'a, G: Ground> Objective<'a, G> {
    /// For drafts with so many bends, with so many sections.
    pub fn new(ground: &'a G, task: &'a LineTask, bends: usize, steps: u32) -> Self {
        Self {
            ground,
            task,
            bends,
            steps,
            multipliers: Vec::new(),
            sharpness: 500.0,
            lacking_usd_per_m3: 0.0,
            open_usd_per_m3: 1.0,
            here: Layout::default(),
            moved: Layout::default(),
            variables: Vec::new(),
            draft: LineDraft::default(),
            sections: Vec::new(),
            volume: EarthVolume::default(),
        }
    }

    /// Learns the prices of the limits from the place of the last value; how far the worst of them
    /// is broken there, in units of limits.
    pub(super) fn learn(&mut self) -> f64 {
        let mut worst = 0.0_f64;
        let felt = self.felt();
        for limit in &self.here.limits {
            worst = worst.max(-limit);
        }
        self.multipliers = felt;
        self.lacking_usd_per_m3 = self.balance().1;
        worst
    }

    /// Makes broken limits dearer.
    pub fn sharpen(&mut self) {
        self.sharpness = (2.5 * self.sharpness).min(3e4);
        self.open_usd_per_m3 = (2.0 * self.open_usd_per_m3).min(50.0);
    }

    /// Goes over to so many sections.
    pub fn refine(&mut self, steps: u32) {
        self.steps = steps;
    }

    /// The cost at the place of the last value, without what limits add.
    pub fn cost_usd(&self) -> f64 {
        self.task.prices.earth.cost_usd(&self.volume) + self.beside_usd()
    }

    fn beside_usd(&self) -> f64 {
        let widths = self.sections.iter().map(|section| section.width.value);
        let metres = widths.zip(&self.here.gradients_ratio);
        metres.map(|(width_m, ratio)| self.beside_usd_per_m(width_m, ratio.hypot(1.0))).sum::<f64>()
            * self.here.step_m
    }

    /// What the balance of earth costs, and the price that it comes to.
    fn balance(&self) -> (f64, f64) {
        let earth = &self.task.prices.earth;
        let lacking_m3 = earth.lacking_m3(&self.volume);
        let (least, most) = (earth.least_usd_per_m3(), earth.most_usd_per_m3());
        let known = self.lacking_usd_per_m3;
        let price = (known + BALANCE_USD_PER_M6 * lacking_m3).min(most).max(least);
        let off = price - known;
        (price * lacking_m3 - off * off / (2.0 * BALANCE_USD_PER_M6), price)
    }

    /// What a metre of line costs beside its earth, by its width and its steepness.
    fn beside_usd_per_m(&self, width_m: f64, steepness: f64) -> f64 {
        let prices = &self.task.prices;
        let by_length = prices.track_usd_per_m + prices.upkeep_usd_per_m;
        (width_m + prices.land_margin_m) * prices.land_usd_per_m2
            + steepness * (width_m * prices.clearing_usd_per_m2 + by_length)
    }

    /// By how much slopes of a section end too far out, squared and summed.
    fn open_m2(&self, section: &Section) -> f64 {
        let reach_m = self.task.formation.reach_m - REACH_MARGIN_M;
        section.slopes.iter().map(|slope| (slope.value - reach_m).max(0.0).powi(2)).sum()
    }

    /// What each limit costs a unit where the line is.
    fn felt(&self) -> Vec<f64> {
        let pairs = self.multipliers.iter().zip(&self.here.limits);
        pairs.map(|(multiplier, limit)| (multiplier - self.sharpness * limit).max(0.0)).collect()
    }

    /// What a longer step costs, and what it costs to move each station east, north, up, to turn it
    /// to the left, and to make it steeper.
    fn prices(&self, lacking_usd_per_m3: f64) -> (f64, Vec<[f64; 5]>) {
        let prices = &self.task.prices;
        let earth = &prices.earth;
        let [fill, rock, soil] = earth.balanced_usd_per_m3();
        let fill = fill + lacking_usd_per_m3;
        let rock = rock - lacking_usd_per_m3 * earth.rock_usable_ratio;
        let soil = soil - lacking_usd_per_m3 * earth.soil_usable_ratio;
        let by_length = prices.track_usd_per_m + prices.upkeep_usd_per_m;
        let reach_m = self.task.formation.reach_m - REACH_MARGIN_M;
        let step_m = self.here.step_m;
        let mut by_metre = 0.0;
        let place = |(section, gradient_ratio): (&Section, &f64)| {
            let steepness = gradient_ratio.hypot(1.0);
            let earth_usd_per_m = section
                .fill
                .times(fill)
                .plus(section.rock.times(rock))
                .plus(section.soil.times(soil));
            by_metre += earth_usd_per_m.value
                + self.beside_usd_per_m(section.width.value, steepness)
                + self.open_usd_per_m3 * self.open_m2(section);
            let width_usd_per_m2 = prices.land_usd_per_m2 + steepness * prices.clearing_usd_per_m2;
            let mut usd_per_m = earth_usd_per_m.plus(section.width.times(width_usd_per_m2));
            for slope in &section.slopes {
                let beyond_m = (slope.value - reach_m).max(0.0);
                usd_per_m = usd_per_m.plus(slope.times(2.0 * self.open_usd_per_m3 * beyond_m));
            }
            let width_usd_per_m = section.width.value * prices.clearing_usd_per_m2;
            let steeper = (width_usd_per_m + by_length) * gradient_ratio / steepness;
            let [east, north, up, left] = usd_per_m.by;
            [east, north, up, left, steeper].map(|usd_per_m| usd_per_m * step_m)
        };
        let by_place = self.sections.iter().zip(&self.here.gradients_ratio).map(place).collect();
        (by_metre, by_place)
    }
}

impl<G: Ground> Smooth for Objective<'_, G> {
    fn value(&mut self, at: &[f64]) -> f64 {
        at.clone_into(&mut self.variables);
        unpack(at, self.bends, &mut self.draft);
        if self.here.lay_out(self.task, &self.draft, self.steps).is_none() {
            return f64::INFINITY;
        }
        let step_m = self.here.step_m;
        self.sections.clear();
        self.volume = EarthVolume::default();
        let mut open_m2 = 0.0;
        for &place in &self.here.places {
            let section = self.task.formation.varying_section(self.ground, place);
            self.volume.fill_m3 += section.fill.value * step_m;
            self.volume.rock_m3 += section.rock.value * step_m;
            self.volume.soil_m3 += section.soil.value * step_m;
            open_m2 += self.open_m2(&section);
            self.sections.push(section);
        }
        let [fill, rock, soil] = self.task.prices.earth.balanced_usd_per_m3();
        let volume = &self.volume;
        let earth_usd = fill * volume.fill_m3 + rock * volume.rock_m3 + soil * volume.soil_m3;
        let open_usd = step_m * self.open_usd_per_m3 * open_m2;
        let mut value = earth_usd + self.balance().0 + self.beside_usd() + open_usd;
        self.multipliers.resize(self.here.limits.len(), 0.0);
        for (multiplier, felt) in self.multipliers.iter().zip(self.felt()) {
            value += (felt * felt - multiplier * multiplier) / (2.0 * self.sharpness);
        }
        if value.is_nan() { f64::INFINITY } else { value }
    }

    fn gradient(&mut self) -> Vec<f64> {
        let (by_metre, by_place) = self.prices(self.balance().1);
        let by_limit = self.felt();
        let mut at = self.variables.clone();
        let mut gradient = Vec::with_capacity(at.len());
        for (number, &variable) in self.variables.iter().enumerate() {
            let moves_plan = number < PLAN_VARIABLES * self.bends;
            if number == PLAN_VARIABLES * self.bends {
                self.moved.clone_from(&self.here);
            }
            let step = at.iter_mut().skip(number).take(1);
            step.for_each(|moved| *moved = variable + STEP);
            unpack(&at, self.bends, &mut self.draft);
            let step = at.iter_mut().skip(number).take(1);
            step.for_each(|moved| *moved = variable);
            let laid = if moves_plan {
                self.moved.lay_out(self.task, &self.draft, self.steps)
            } else {
                self.moved.lay_out_grades(self.task, &self.draft, self.steps)
            };
            // At the edge of what can be laid out, the step downhill finds that out by itself.
            gradient.push(laid.map_or(0.0, |()| {
                let longer = by_metre * (self.moved.step_m - self.here.step_m);
                (longer + self.here.change(&self.moved, &by_place, &by_limit)) / STEP
            }));
        }
        gradient
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{
        Bend, EarthPrices, Formation, GradePoint, GroundPoint, LineEnd, LineLimits, LinePrices,
    };
    use crate::geodesy::Coord;

    /// A long wave along the line and another across it.
    struct Waves;

    impl Ground for Waves {
        fn at(&self, place: Coord) -> GroundPoint {
            let (along, across) = (place.e_m / 400.0, place.n_m / 300.0);
            GroundPoint {
                height_m: 500.0 + 8.0 * along.sin() + 6.0 * across.sin(),
                slope_e_ratio: 8.0 / 400.0 * along.cos(),
                slope_n_ratio: 6.0 / 300.0 * across.cos(),
            }
        }
    }

    fn task() -> LineTask {
        let end = |e_m| LineEnd { coord: Coord { e_m, n_m: 0.0 }, height_m: 500.0 };
        let formation = Formation {
            half_width_m: 7.0,
            cut_rise_ratio: 1.0,
            fill_rise_ratio: 0.6,
            reach_m: 15.0,
            soil_depth_m: 3.0,
        };
        let earth = EarthPrices {
            rock_usd_per_m3: 5.0,
            soil_usd_per_m3: 2.0,
            rock_usable_ratio: 0.97,
            soil_usable_ratio: 0.76,
            fill_usd_per_m3: 1.1,
            borrow_usd_per_m3: 4.5,
            waste_usd_per_m3: 2.0,
            rock_waste_ratio: 0.04,
            soil_waste_ratio: 0.06,
            unused_waste_ratio: 1.4,
        };
        let prices = LinePrices {
            earth,
            land_usd_per_m2: 7.0,
            land_margin_m: 6.0,
            clearing_usd_per_m2: 0.6,
            track_usd_per_m: 550.0,
            upkeep_usd_per_m: 100.0,
        };
        let limits = LineLimits {
            least_radius_m: 250.0,
            transition_m: 80.0,
            least_arc_m: 100.0,
            least_tangent_m: 222.0,
            greatest_tangent_m: 600.0,
            least_gradient_ratio: 0.005,
            greatest_gradient_ratio: 0.012,
            vertical_radius_m: 10_000.0,
            least_even_grade_m: 225.0,
        };
        LineTask { from: end(0.0), to: end(3000.0), formation, prices, limits }
    }

    fn draft() -> LineDraft {
        let bend = |e_m, n_m, radius_m| Bend { coord: Coord { e_m, n_m }, radius_m };
        let level = |distance_m, height_m| GradePoint { distance_m, height_m };
        LineDraft {
            bends: vec![bend(900.0, 350.0, 500.0), bend(2000.0, -250.0, 800.0)],
            grade_points: vec![level(700.0, 510.0), level(1500.0, 496.0), level(2300.0, 506.0)],
        }
    }

    #[test]
    fn the_gradient_is_that_of_differences() {
        let task = task();
        let mut objective = Objective::new(&Waves, &task, 2, 400);
        let at = crate::design::joint::variables::pack(&draft());
        // With prices of limits and of the balance that are not 0, as they are on the way.
        assert!(objective.value(&at).is_finite());
        objective.learn();
        objective.value(&at);
        let gradient = objective.gradient();
        for (number, &by) in gradient.iter().enumerate() {
            let mut moved = |step: f64| {
                let mut at = at.clone();
                at[number] += step;
                objective.value(&at)
            };
            let difference = (moved(1e-4) - moved(-1e-4)) / 2e-4;
            let off = (by - difference).abs() / (1.0 + difference.abs());
            assert!(off < 2e-3, "variable {number}: {by} against {difference}");
        }
    }

    #[test]
    fn stations_are_those_of_the_exact_line() {
        let (task, draft) = (task(), draft());
        let line = draft.alignment(&task).unwrap();
        let mut layout = Layout::default();
        layout.lay_out(&task, &draft, 300).unwrap();
        assert!((300.0 * layout.step_m - line.horizontal().length_m()).abs() < 1e-6);
        let mut distance_m = 0.5 * layout.step_m;
        for (place, gradient_ratio) in layout.places.iter().zip(&layout.gradients_ratio) {
            let exact = line.at(distance_m).unwrap();
            assert!(exact.pose.coord.distance_m(place.coord) < 1e-6, "at {distance_m}");
            assert!((exact.pose.bearing_rad - place.bearing_rad).abs() < 1e-8, "at {distance_m}");
            let level = exact.level.unwrap();
            assert!((level.height_m - place.height_m).abs() < 1e-6, "at {distance_m}");
            assert!((level.gradient_ratio - gradient_ratio).abs() < 1e-9, "at {distance_m}");
            distance_m += layout.step_m;
        }
    }
}
