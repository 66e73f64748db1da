//! Instances of the project scheduling problem library as networks with resources.

use jiff::civil::date;
use railcorridor::schedule::{
    Activity, Calendar, Demand, Link, Network, Resource, ResourcePlan, WorkingWeek,
};

/// A network and what it needs.
pub struct Instance {
    pub network: Network,
    pub plan: ResourcePlan,
}

impl Instance {
    /// A `.sm` file of PSPLIB (one mode an activity).
    pub fn from_sm(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        let after = |title: &str| lines.iter().position(|line| line.starts_with(title));
        let section = |title: &str, skip: usize| {
            let first = after(title).map_or(lines.len(), |place| place + 1 + skip);
            let rows = lines.get(first..).unwrap_or_default().iter();
            rows.map(|line| numbers(line))
                .take_while(|row| row.as_ref().is_some_and(|row| !row.is_empty()))
        };
        let relations: Vec<Vec<u32>> = section("PRECEDENCE", 1).flatten().collect();
        let requests: Vec<Vec<u32>> = section("REQUESTS", 2).flatten().collect();
        let capacities: Vec<u32> = section("RESOURCEAVAILABILITIES", 1).flatten().next()?;
        let mut instance = Self::new(&capacities);
        for (row, successors) in requests.iter().zip(&relations) {
            let [number, _, days, units @ ..] = row.as_slice() else { return None };
            let [from, _, _, successors @ ..] = successors.as_slice() else { return None };
            if from != number || units.len() != capacities.len() {
                return None;
            }
            instance.add(*number, *days, units, successors);
        }
        (requests.len() == relations.len() && !requests.is_empty()).then_some(instance)
    }

    /// A `.rcp` file as J. H. Patterson wrote them.
    pub fn from_rcp(text: &str) -> Option<Self> {
        let mut numbers = text.split_ascii_whitespace().map(str::parse::<u32>);
        let mut next = || numbers.next()?.ok();
        let (count, resources) = (next()?, next()?);
        let capacities: Option<Vec<u32>> = (0..resources).map(|_| next()).collect();
        let mut instance = Self::new(&capacities?);
        for number in 1..=count {
            let days = next()?;
            let units: Option<Vec<u32>> = (0..resources).map(|_| next()).collect();
            let successors: Option<Vec<u32>> = (0..next()?).map(|_| next()).collect();
            instance.add(number, days, &units?, &successors?);
        }
        Some(instance)
    }

    fn new(capacities: &[u32]) -> Self {
        let calendar = Calendar::new("every day", WorkingWeek::EVERY_DAY);
        let resources = (1..)
            .zip(capacities)
            .map(|(number, units): (u32, _)| Resource::new(format!("R{number}"), *units));
        let plan = ResourcePlan { resources: resources.collect(), demands: Vec::new() };
        Self { network: Network::new(date(2026, 1, 1), calendar), plan }
    }

    fn add(&mut self, number: u32, days: u32, units: &[u32], successors: &[u32]) {
        let id = number.to_string();
        self.network.activities.push(Activity::task(&id, f64::from(days)));
        for (resource, units) in (1..).zip(units) {
            let resource: u32 = resource;
            if *units > 0 {
                self.plan.demands.push(Demand::new(&id, format!("R{resource}"), *units));
            }
        }
        let links = successors.iter().map(|to| Link::finish_start(&id, to.to_string()));
        self.network.links.extend(links);
    }
}

/// The numbers of a line, if it holds nothing else.
fn numbers(line: &str) -> Option<Vec<u32>> {
    line.split_ascii_whitespace().map(|word| word.parse().ok()).collect()
}
