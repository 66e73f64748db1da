//! Who has which machine when, who waits for whom, and what that does to the openings.

use serde_json::{Value, json};

use super::tables::count;
use crate::model::Study;
use crate::report::table::Table;
use crate::report::words::{month, sentence, short_day};
use crate::schedule::days_between;
use crate::stages::{MachinePlan, MachineTurn, MachineWait, Plan};
use crate::unit::{DAYS_A_MONTH, grouped};

/// How many of those that wait are shown, longest first.
const WAITING: usize = 20;

/// What machines do when, who waits for them, and what that does to the openings; none if the plan has
/// as many machines as it asks for.
#[must_use]
pub fn machines_tables(study: &Study, plan: &Plan) -> Vec<Table> {
    let Some(machines) = &plan.machines else { return Vec::new() };
    vec![
        openings_moved_table(study, plan, machines),
        turns_table(study, plan, machines),
        waits_table(plan, machines),
    ]
}

fn openings_moved_table(study: &Study, plan: &Plan, machines: &MachinePlan) -> Table {
    let proven = if machines.gap_ratio > 0.0 {
        format!(
            "no order of works ends before {}, so the last is at most {:.1} % later than it could be",
            short_day(machines.least_finish),
            100.0 * machines.gap_ratio
        )
    } else {
        "no order of works ends earlier than this one".to_owned()
    };
    let there: Vec<String> =
        machines.machines.iter().map(|one| format!("{} {}", one.name, one.count)).collect();
    let note = format!(
        "For the whole line there are: {}. Works wait for them in an order that opens the last line as \
         early as is found in {} schedules: {proven}. The other lines open when \
         that leaves machines for them, not as early as they could. Everything else here keeps to \
         that order, whatever durations are drawn. Openings at likely times.",
        there.join(", "),
        grouped(count(usize::try_from(machines.schedule_count).unwrap_or(usize::MAX)), 0)
    );
    let headings = ["Segment", "With enough machines", "With those there are", ">Later, months"];
    let mut table = Table::new("machine_openings", "What machines do to it", &note, &headings);
    for one in &machines.openings {
        let Some(item) = plan.items.get(one.activity) else { continue };
        let months = f64::from(days_between(one.unlimited, one.limited)) / DAYS_A_MONTH;
        table.rows.push(vec![
            sentence(&study.subject_name(&item.segment)).into(),
            month(one.unlimited).into(),
            month(one.limited).into(),
            grouped(months, 0).into(),
        ]);
    }
    table
}

/// Jobs of one machine on one segment, one after the other.
fn turns_table(study: &Study, plan: &Plan, machines: &MachinePlan) -> Table {
    let note = "Each machine with its jobs, those on one segment in a row in one line. Lots are \
                counted from the first station of the segment. Stood: days of the calendar in between \
                on which it had nothing to do, days off and closed seasons among them.";
    let headings = ["Machine", ">No.", "Segment", "Lots", "From", "To", ">Stood, days"];
    let mut table = Table::new("machines", "Which machine is where when", note, &headings);
    let segment = |turn: &MachineTurn| plan.items.get(turn.activity).map(|item| &item.segment);
    let is_same = |a: &MachineTurn, b: &MachineTurn| {
        (a.machine, a.unit) == (b.machine, b.unit) && segment(a) == segment(b)
    };
    for jobs in machines.turns.chunk_by(is_same) {
        let (Some(first), Some(last)) = (jobs.first(), jobs.last()) else { continue };
        let Some(machine) = machines.machines.get(first.machine) else { continue };
        let stood_days: i32 = jobs
            .iter()
            .zip(jobs.iter().skip(1))
            .map(|(a, b)| (days_between(a.finish, b.start) - 1).max(0))
            .sum();
        let lots: Vec<usize> = jobs.iter().filter_map(|turn| lot(plan, turn.activity)).collect();
        table.rows.push(vec![
            sentence(&machine.name).into(),
            format!("{} of {}", first.unit, machine.count).into(),
            segment(first).map_or_else(String::new, |id| sentence(&study.subject_name(id))).into(),
            ranges(&lots).into(),
            short_day(first.start).into(),
            short_day(last.finish).into(),
            grouped(f64::from(stood_days), 0).into(),
        ]);
    }
    table
}

fn waits_table(plan: &Plan, machines: &MachinePlan) -> Table {
    let note = if machines.waits.is_empty() {
        "Nobody: there are enough for the works as their links and days have them.".to_owned()
    } else {
        format!(
            "{} of {} works wait for a machine after all else would let them begin; the longest {}. \
             Has it: who works with those that there are on the last day before it begins.",
            machines.waits.len(),
            machines.turns.len(),
            WAITING.min(machines.waits.len())
        )
    };
    let headings = ["Who waits", "For", ">Working days", "Begins after", "Has it then"];
    let mut table = Table::new("machine_waits", "Who waits for a machine", &note, &headings);
    let mut longest: Vec<&MachineWait> = machines.waits.iter().collect();
    longest.sort_by_key(|wait| -wait.days);
    let name = |place: &usize| {
        let activity = plan.network.activities.get(*place);
        activity.map_or_else(String::new, |activity| sentence(&activity.name))
    };
    for wait in longest.into_iter().take(WAITING) {
        let machine = machines.machines.get(wait.machine);
        let holders: Vec<String> = wait.held_by.iter().map(name).collect();
        table.rows.push(vec![
            name(&wait.activity).into(),
            machine.map_or_else(String::new, |machine| machine.name.clone()).into(),
            wait.days.to_string().into(),
            short_day(wait.day).into(),
            holders.join("; ").into(),
        ]);
    }
    table
}

/// Whom an activity waits for, in words; `None` if for no machine.
#[must_use]
pub fn machine_wait_words(plan: &Plan, activity: &str) -> Option<String> {
    let machines = plan.machines.as_ref()?;
    let place = plan.items.iter().position(|item| item.activity == activity)?;
    let wait = machines.waits.iter().find(|wait| wait.activity == place)?;
    let machine = machines.machines.get(wait.machine)?;
    let id = |place: &usize| plan.items.get(*place).map(|item| item.activity.as_str());
    let holders: Vec<&str> = wait.held_by.iter().filter_map(id).collect();
    Some(format!(
        "waits {} working days for {}, of which there are {}: on {} {}",
        wait.days,
        machine.name,
        machine.count,
        wait.day,
        if holders.len() == 1 {
            format!("{} has it", holders.concat())
        } else {
            format!("{} have them", holders.join(", "))
        },
    ))
}

/// The number of an activity's lot on its segment, from 1.
fn lot(plan: &Plan, activity: usize) -> Option<usize> {
    plan.items.get(activity)?.activity.rsplit('/').next()?.parse().ok()
}

/// Numbers in the order given, neighbours joined: `1-5, 9, 24-20`.
fn ranges(numbers: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        let goes_on = |(first, last): (usize, usize)| {
            (first <= last && *number == last + 1) || (first >= last && *number + 1 == last)
        };
        match parts.last_mut() {
            Some(part) if goes_on(*part) => part.1 = *number,
            _ => parts.push((*number, *number)),
        }
    }
    let words = parts.iter().map(|(first, last)| match first.abs_diff(*last) {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}-{last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The same for other programs, activities by their ids and machines by theirs; `null` if the plan
/// has as many machines as it asks for.
#[must_use]
pub fn machines_json(plan: &Plan) -> Value {
    let Some(machines) = &plan.machines else { return Value::Null };
    let id = |place: &usize| plan.items.get(*place).map(|item| item.activity.as_str());
    let machine = |place: usize| machines.machines.get(place).map(|one| one.id.as_str());
    let turns = machines.turns.iter().map(|turn| {
        json!({
            "machine": machine(turn.machine), "unit": turn.unit, "activity": id(&turn.activity),
            "start": turn.start, "finish": turn.finish,
        })
    });
    let waits = machines.waits.iter().map(|wait| {
        let holders: Vec<_> = wait.held_by.iter().map(id).collect();
        json!({
            "activity": id(&wait.activity), "machine": machine(wait.machine),
            "wait_days": wait.days, "day": wait.day, "held_by": holders,
        })
    });
    let openings = machines.openings.iter().map(|one| {
        let segment = plan.items.get(one.activity).map(|item| item.segment.as_str());
        json!({ "segment": segment, "unlimited": one.unlimited, "limited": one.limited })
    });
    json!({
        "machines": machines.machines,
        "openings": openings.collect::<Vec<_>>(),
        "turns": turns.collect::<Vec<_>>(),
        "waits": waits.collect::<Vec<_>>(),
        "least_finish": machines.least_finish,
        "gap_ratio": machines.gap_ratio,
        "schedule_count": machines.schedule_count,
    })
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn neighbours_are_joined_either_way() {
        assert_eq!(ranges(&[1, 2, 3, 4, 9]), "1-4, 9");
        assert_eq!(ranges(&[24, 23, 22, 1, 2]), "24-22, 1, 2");
        assert_eq!(ranges(&[1, 5, 9]), "1, 5, 9");
        assert_eq!(ranges(&[2, 1, 2]), "2, 1, 2");
        assert_eq!(ranges(&[]), "");
    }
}
