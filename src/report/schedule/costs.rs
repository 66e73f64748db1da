//! What the plan costs: how sure that is, for what, and when.

use jiff::civil::Date;

use super::tables::count;
use crate::model::Study;
use crate::report::table::Table;
use crate::report::words::{sentence, work_words};
use crate::schedule::{Dates, RiskOutcome, days_between};
use crate::stages::{Plan, PlanItem};
use crate::unit::grouped;

/// What all costs: as planned, and what is enough for so many of the simulated plans; then what it is
/// spent on. Without rows if the plan has no costs.
#[must_use]
pub fn costs_table(plan: &Plan, outcome: &RiskOutcome) -> Table {
    let iterations = grouped(count(outcome.costs_usd.len()), 0);
    let note = format!(
        "Million US dollars at the prices of the bill. As planned: likely rates and times, nothing \
         goes wrong, without a contingency. P50 is enough for half of {iterations} simulated plans, \
         P80 for four in five: rates and ground vary as in the bill of each design, works that take \
         longer cost more by the share that is paid by the day, and a later opening costs the owner \
         more. Studies that are done are not paid again."
    );
    let headings = ["What", ">Million USD", ">Of that as planned, %"];
    let mut table = Table::new("costs", "What it costs", &note, &headings);
    let Some(cost_usd) = &outcome.cost_usd else { return table };
    let planned_usd = plan.cost_usd();
    let mut add = |what: &str, usd: f64| {
        let row = [what.to_owned(), musd(usd), grouped(100.0 * usd / planned_usd.max(1.0), 0)];
        table.rows.push(row.into_iter().map(Into::into).collect());
    };
    for (what, usd) in [
        ("As planned", planned_usd),
        ("P10", cost_usd.p10),
        ("P50", cost_usd.p50),
        ("P80", cost_usd.p80),
        ("P90", cost_usd.p90),
    ] {
        add(what, usd);
    }
    let mut works: Vec<(&str, f64)> = Vec::new();
    for item in plan.items.iter().filter(|item| item.cost_usd > 0.0) {
        match works.iter_mut().find(|(work, _)| *work == item.work) {
            Some((_, usd)) => *usd += item.cost_usd,
            None => works.push((&item.work, item.cost_usd)),
        }
    }
    let paid_usd: f64 = works.iter().map(|(_, usd)| usd).sum();
    for (work, usd) in works {
        add(&format!("As planned: {}", work_words(work)), usd);
    }
    add("As planned: the owner", planned_usd - paid_usd);
    table
}

/// What is spent in each year as planned, by segment. Without rows if the plan has no costs.
#[must_use]
pub fn spending_table(study: &Study, plan: &Plan, dates: &Dates<'_>) -> Table {
    let note = "Million US dollars by calendar year, as planned: what each activity costs evenly from \
                its early start to its early finish, what the owner costs evenly until the last \
                opening.";
    let spent = Spent::new(plan, dates);
    let mut segments: Vec<&str> = Vec::new();
    for (item, ..) in &spent.items {
        if !segments.contains(&item.segment.as_str()) {
            segments.push(&item.segment);
        }
    }
    let mut headings = vec!["Year".to_owned()];
    let names = segments.iter().map(|id| format!(">{}", sentence(&study.subject_name(id))));
    headings.extend(names);
    headings.extend([">Owner".to_owned(), ">All".to_owned(), ">All so far, %".to_owned()]);
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut table = Table::new("spending", "What is spent by year", note, &headings);
    let total_usd = spent.total_usd();
    if total_usd <= 0.0 {
        return table;
    }
    let mut so_far_usd = 0.0;
    for year in spent.years() {
        let of_segments: Vec<f64> =
            segments.iter().map(|segment| spent.in_year(year, Some(segment))).collect();
        let owner_usd = spent.in_year(year, None);
        let all_usd = of_segments.iter().sum::<f64>() + owner_usd;
        so_far_usd += all_usd;
        let mut row = vec![year.to_string()];
        row.extend(of_segments.into_iter().chain([owner_usd, all_usd]).map(musd));
        row.push(grouped(100.0 * so_far_usd / total_usd, 0));
        table.rows.push(row.into_iter().map(Into::into).collect());
    }
    table
}

/// What is spent from when to when: each evenly.
pub(super) struct Spent<'a> {
    /// With first and last day.
    items: Vec<(&'a PlanItem, Date, Date)>,
    owner_usd: f64,
    reach: (Date, Date),
}

impl<'a> Spent<'a> {
    pub(super) fn new(plan: &'a Plan, dates: &Dates<'_>) -> Self {
        let paid = plan.items.iter().enumerate().filter(|(_, item)| item.cost_usd > 0.0);
        let items: Vec<(&PlanItem, Date, Date)> = paid
            .map(|(place, item)| (item, dates.early_start(place), dates.early_finish(place)))
            .collect();
        let paid_usd: f64 = items.iter().map(|(item, ..)| item.cost_usd).sum();
        let owner_usd = (plan.cost_usd() - paid_usd).max(0.0);
        Self { items, owner_usd, reach: (plan.network.start, dates.finish()) }
    }

    fn total_usd(&self) -> f64 {
        self.owner_usd + self.items.iter().map(|(item, ..)| item.cost_usd).sum::<f64>()
    }

    /// The days on which something begins, and those after something ended.
    pub(super) fn corners(&self) -> Vec<Date> {
        let reaches = self.items.iter().map(|(_, from, to)| (*from, *to)).chain([self.reach]);
        let mut days: Vec<Date> =
            reaches.flat_map(|(from, to)| [from, to.tomorrow().unwrap_or(to)]).collect();
        days.sort();
        days.dedup();
        days
    }

    /// All that is spent before a day.
    pub(super) fn before(&self, day: Date) -> f64 {
        let share = |(from, to): (Date, Date)| {
            let days = |to: Date| f64::from(days_between(from, to)).max(0.0);
            (days(day) / (days(to) + 1.0)).min(1.0)
        };
        let of_items =
            self.items.iter().map(|(item, from, to)| item.cost_usd * share((*from, *to)));
        of_items.sum::<f64>() + self.owner_usd * share(self.reach)
    }

    fn years(&self) -> impl Iterator<Item = i16> + use<> {
        self.reach.0.year()..=self.reach.1.year()
    }

    /// What a segment, or the owner, spends in a year.
    fn in_year(&self, year: i16, segment: Option<&str>) -> f64 {
        let Some(segment) = segment else {
            return self.owner_usd * share_of_year(year, self.reach);
        };
        let own = self.items.iter().filter(|(item, ..)| item.segment == segment);
        own.map(|(item, from, to)| item.cost_usd * share_of_year(year, (*from, *to))).sum()
    }
}

/// The share of some days, the last among them, that lies in a year.
fn share_of_year(year: i16, (from, to): (Date, Date)) -> f64 {
    let day = |month: i8, day: i8| Date::new(year, month, day);
    let (Ok(first), Ok(last)) = (day(1, 1), day(12, 31)) else { return 0.0 };
    let days = |from: Date, to: Date| f64::from(days_between(from, to) + 1).max(0.0);
    days(from.max(first), to.min(last)) / days(from, to).max(1.0)
}

fn musd(usd: f64) -> String {
    grouped(usd / 1e6, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_into_their_years() {
        let day = |year, month, day| Date::new(year, month, day).unwrap();
        // 31 days of one year and 28 of the next.
        let reach = (day(2027, 12, 1), day(2028, 1, 28));
        let shares = [2026, 2027, 2028, 2029].map(|year| share_of_year(year, reach));
        assert_eq!(shares, [0.0, 31.0 / 59.0, 28.0 / 59.0, 0.0]);
        assert_eq!(share_of_year(2027, (day(2027, 5, 5), day(2027, 5, 5))), 1.0);
    }

    #[test]
    fn what_is_spent_before_a_day_grows_to_all() {
        let day = |month, day| Date::new(2027, month, day).unwrap();
        let spent = Spent { items: vec![], owner_usd: 31.0, reach: (day(1, 1), day(1, 31)) };
        assert_eq!(spent.corners(), [day(1, 1), day(2, 1)]);
        let before = [day(1, 1), day(1, 2), day(2, 1), day(7, 1)].map(|day| spent.before(day));
        assert_eq!(before, [0.0, 1.0, 31.0, 31.0]);
    }
}
