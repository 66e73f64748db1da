//! From a network and a resource plan to what schedules are made of.

use super::compiled::{Compiled, LinkInto, Span};
use super::ids::Ids;
use super::order::{group, grouped};
use super::resource::MAX_UNITS;
use super::resource_profile::{LANES, Need, Profile, lane, units};
use super::{ActivityKind, LinkKind, ResourcePlan, Rule, WorkingDays};
use crate::error::{Error, Result};

/// What schedules are made of, by position.
pub(super) struct Setup<'c> {
    pub(super) compiled: &'c Compiled<'c>,
    /// What the activity at each position needs lies between its number here and the next.
    first_need: Vec<u32>,
    needs: Vec<Need>,
    /// How many resources there are.
    resources: usize,
    /// All units of each word.
    capacities: Vec<u64>,
    /// The links from each position, by the same kind of numbers: the position that each holds.
    first_out: Vec<u32>,
    out: Vec<(u32, LinkInto)>,
    /// Whether each link lets its successor start no earlier than its predecessor.
    pub(super) is_by_start: bool,
    /// The same of their finishes.
    pub(super) is_by_finish: bool,
    /// Positions of what has its dates whatever its links, and has links.
    pub(super) held_by_links: Vec<u32>,
    /// Days taken by what has its dates whatever is done.
    pub(super) pinned: Profile,
}

impl<'c> Setup<'c> {
    pub(super) fn new(compiled: &'c Compiled<'c>, plan: &ResourcePlan) -> Result<Self> {
        let by_position = needs(compiled, plan)?;
        let words = plan.resources.len().div_ceil(LANES);
        let mut capacities = vec![0; words];
        for (number, resource) in plan.resources.iter().enumerate() {
            if let Some(word) = capacities.get_mut(number / LANES) {
                *word |= lane(number, resource.capacity);
            }
        }
        let count = compiled.order().len();
        #[expect(clippy::cast_possible_truncation, reason = "activities are counted in 32 bits")]
        let (count, places) = (count as u32, (0..count as u32).zip(compiled.links_by_position()));
        let out = places.flat_map(|(to, links)| links.iter().map(move |link| (to, *link)));
        let out: Vec<(u32, LinkInto)> = out.collect();
        // Only the place of a link is grouped: it has no default.
        let (first_out, places) =
            grouped(count, (0_u32..).zip(&out).map(|(place, (_, link))| (link.from, place)));
        let out = places.iter().filter_map(|place| out.get(*place as usize).copied()).collect();
        let (first_need, needs) = laid_out(count, &by_position);
        let is_kept = |link: &LinkInto, kinds: [LinkKind; 2]| {
            link.lag_days >= 0 && kinds.contains(&link.kind)
        };
        let all = |kinds| compiled.links.iter().all(|link| is_kept(link, kinds));
        let days = usize::try_from(compiled.horizon().days()).unwrap_or(0);
        let mut setup = Self {
            compiled,
            first_need,
            needs,
            resources: plan.resources.len(),
            held_by_links: (0..count)
                .zip(compiled.links_by_position().zip(&compiled.rules))
                .filter(|(_, (links, rule))| **rule == Rule::Pinned && !links.is_empty())
                .map(|(position, _)| position)
                .collect(),
            pinned: Profile::new(&capacities, days),
            capacities,
            first_out,
            out,
            // What was begun starts before those that hold what remains of it.
            is_by_start: all([LinkKind::FinishStart, LinkKind::StartStart])
                && !compiled.rules.iter().any(|rule| matches!(rule, Rule::Begun(_))),
            is_by_finish: all([LinkKind::FinishStart, LinkKind::FinishFinish]),
        };
        setup.take_pinned(plan)?;
        Ok(setup)
    }

    /// What the activity at a position needs on each of its days.
    pub(super) fn needs(&self, position: usize) -> &[Need] {
        group(&self.first_need, &self.needs, position)
    }

    /// Units that the activity at a position needs of a resource.
    pub(super) fn units(&self, position: usize, resource: usize) -> u32 {
        let mut needs = self.needs(position).iter();
        let need = needs.find(|need| need.word as usize == resource / LANES);
        need.map_or(0, |need| units(resource, need.units))
    }

    /// How many resources there are.
    pub(super) fn resources(&self) -> usize {
        self.resources
    }

    /// How many units of a resource are in use on the day that begins at a moment.
    pub(super) fn used(&self, resource: usize, profile: &Profile, morning: i32) -> u32 {
        let is_there =
            resource < self.resources && (0..self.compiled.horizon().days()).contains(&morning);
        if !is_there {
            return 0;
        }
        self.capacity(resource) - units(resource, profile.free(resource / LANES, morning))
    }

    /// How many units of a resource there are.
    pub(super) fn capacity(&self, resource: usize) -> u32 {
        self.capacities.get(resource / LANES).map_or(0, |word| units(resource, *word))
    }

    /// The links from a position, each with the position that it holds.
    pub(super) fn links_out(&self, position: usize) -> &[(u32, LinkInto)] {
        group(&self.first_out, &self.out, position)
    }

    /// How the dates of the activity at a position come about.
    pub(super) fn rule(&self, position: usize) -> Rule {
        self.compiled.rules.get(position).copied().unwrap_or(Rule::Done)
    }

    /// The calendar that the activity at a position is placed by.
    pub(super) fn calendar(&self, position: usize) -> Option<&'c WorkingDays> {
        self.compiled.calendar(self.compiled.placed_by.get(position).copied()?)
    }

    pub(super) fn duration_days(&self, position: usize) -> i32 {
        self.compiled.durations_days.get(position).copied().unwrap_or(0)
    }

    pub(super) fn floor(&self, position: usize) -> Span {
        self.compiled.floors.get(position).copied().unwrap_or(Span::at(0))
    }

    /// Lets what must have its dates have its resources before all others.
    fn take_pinned(&mut self, plan: &ResourcePlan) -> Result<()> {
        let mut pinned = self.pinned.clone();
        for position in 0..self.compiled.order().len() {
            if self.rule(position) != Rule::Pinned {
                continue;
            }
            let (days, floor) = (self.duration_days(position), self.floor(position));
            let Some(calendar) = self.calendar(position) else { continue };
            let span = calendar.earliest(days, floor);
            let days = calendar.mornings_from(calendar.before(span.start), days);
            for need in self.needs(position) {
                if let Some(place) = pinned.first_short(days, *need) {
                    let day = days.get(place).copied().unwrap_or(span.start);
                    return Err(self.not_enough(plan, position, day, *need, &pinned));
                }
                pinned.take(days, *need);
            }
        }
        pinned.keep();
        self.pinned = pinned;
        Ok(())
    }

    /// Activities that must have their dates need more than there is.
    fn not_enough(
        &self,
        plan: &ResourcePlan,
        position: usize,
        day: i32,
        need: Need,
        profile: &Profile,
    ) -> Error {
        let free = profile.free(need.word as usize, day);
        let short = plan.resources.iter().enumerate().find(|(number, _)| {
            number / LANES == need.word as usize
                && units(*number, need.units) > units(*number, free)
        });
        let (number, id) = short.map_or((0, ""), |(number, one)| (number, one.id.as_str()));
        Error::Schedule {
            item: format!("activity {}", self.id(position)),
            problem: format!(
                "must have its date and needs {} of {id} on {}, when others that must have theirs leave {}",
                units(number, need.units),
                self.compiled.horizon().day(day),
                units(number, free),
            ),
            hint: "move one of them, or let there be more of the resource".to_owned(),
        }
    }

    fn id(&self, position: usize) -> &str {
        let activity = self.compiled.network().activities.get(self.compiled.activity_at(position));
        activity.map_or("", |activity| &activity.id)
    }
}

/// Units of each resource by position, of those that need any and are not done.
fn needs(compiled: &Compiled<'_>, plan: &ResourcePlan) -> Result<Vec<(usize, usize, u32)>> {
    for (place, resource) in plan.resources.iter().enumerate() {
        units_within(&format!("capacity of resource {}", resource.id), resource.capacity)?;
        let before = plan.resources.iter().take(place);
        if resource.id.is_empty() || before.into_iter().any(|one| one.id == resource.id) {
            return Err(Error::Schedule {
                item: format!("resource {}", resource.id),
                problem: "has no id, or that of another".to_owned(),
                hint: "give each an id of its own".to_owned(),
            });
        }
    }
    let network = compiled.network();
    let ids = Ids::new(&network.activities)?;
    let mut needs: Vec<(usize, usize, u32)> = Vec::with_capacity(plan.demands.len());
    for demand in &plan.demands {
        let Demanded { activity, resource } = Demanded::of(demand, &ids, plan)?;
        units_within(
            &format!("units of {} for activity {}", demand.resource, demand.activity),
            demand.units,
        )?;
        let is_work = network.activities.get(activity).map(|one| one.kind == ActivityKind::Task);
        if is_work != Some(true) && demand.units > 0 {
            return Err(Error::Schedule {
                item: format!("activity {}", demand.activity),
                problem: format!("a milestone that needs {}", demand.resource),
                hint: "a milestone takes no work: let the task before it need the resource".into(),
            });
        }
        let position = compiled.position(activity);
        if demand.units > 0 && compiled.rules.get(position) != Some(&Rule::Done) {
            needs.push((position, resource, demand.units));
        }
    }
    needs.sort_unstable();
    let mut summed: Vec<(usize, usize, u32)> = Vec::with_capacity(needs.len());
    for (position, resource, units) in needs {
        match summed.last_mut() {
            Some(last) if (last.0, last.1) == (position, resource) => {
                last.2 = last.2.saturating_add(units);
            }
            _ => summed.push((position, resource, units)),
        }
    }
    for (position, number, units) in &summed {
        let Some(resource) = plan.resources.get(*number) else { continue };
        if *units > resource.capacity {
            let activity = network.activities.get(compiled.activity_at(*position));
            return Err(Error::Schedule {
                item: format!("activity {}", activity.map_or("", |one| &one.id)),
                problem: format!(
                    "needs {units} of {}, of which there are {}",
                    resource.id, resource.capacity
                ),
                hint: "let it need fewer, or let there be more".to_owned(),
            });
        }
    }
    Ok(summed)
}

/// Needs by position, four resources to a word.
fn laid_out(count: u32, by_position: &[(usize, usize, u32)]) -> (Vec<u32>, Vec<Need>) {
    let mut first_need = Vec::with_capacity(count as usize + 1);
    let mut needs: Vec<Need> = Vec::with_capacity(by_position.len());
    let mut rest = by_position;
    for position in 0..count as usize {
        #[expect(clippy::cast_possible_truncation, reason = "demands are counted in 32 bits")]
        first_need.push(needs.len() as u32);
        let own = rest.iter().take_while(|one| one.0 == position).count();
        let (own, later) = rest.split_at(own);
        rest = later;
        let first = needs.len();
        for (_, resource, units) in own {
            #[expect(clippy::cast_possible_truncation, reason = "a quarter of the resources")]
            let word = (resource / LANES) as u32;
            let units = lane(*resource, *units);
            match needs.get_mut(first..).and_then(|own| own.last_mut()) {
                Some(need) if need.word == word => need.units |= units,
                _ => needs.push(Need { word, units }),
            }
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "demands are counted in 32 bits")]
    first_need.push(needs.len() as u32);
    (first_need, needs)
}

/// The places of what a demand names.
struct Demanded {
    activity: usize,
    resource: usize,
}

impl Demanded {
    fn of(demand: &super::Demand, ids: &Ids, plan: &ResourcePlan) -> Result<Self> {
        let hint = || format!("a demand for {} names it", demand.resource);
        let activity = ids.known(&demand.activity, hint)?;
        let resource = plan.resources.iter().position(|one| one.id == demand.resource);
        let resource = resource.ok_or_else(|| Error::Unknown {
            what: "resource",
            name: demand.resource.clone(),
            hint: format!("a demand of activity {} names it", demand.activity),
        })?;
        Ok(Self { activity: activity as usize, resource })
    }
}

fn units_within(item: &str, units: u32) -> Result<()> {
    if units <= MAX_UNITS {
        return Ok(());
    }
    Err(Error::OutOfRange {
        item: item.to_owned(),
        value: f64::from(units),
        limit: format!("0 to {MAX_UNITS}"),
        hint: "count in larger units".to_owned(),
    })
}
