//! Pictures of plans: well-formed, within their frame and the same bytes each time, whatever the plan
//! and its names; and what they say is what was computed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use chance::arbitrary::{Result, Unstructured};
use jiff::civil::{Date, date};
use railcorridor::model::{Risk, Segment, Station, Study};
use railcorridor::report::{self, Picture};
use railcorridor::route::{CostModel, Options, RoutePoint, SegmentRoute, search};
use railcorridor::schedule::{
    Activity, ActivityRisk, Calendar, DayOfYear, Distribution, Link, Network, RiskEvent, RiskModel,
    RiskOptions, Season, WorkingWeek, simulate_lengths,
};
use railcorridor::stages::{ItemKind, Lot, Plan, PlanItem, SegmentLots};
use railcorridor::{status, terrain};

const NAMES: [&str; 8] = [
    "Herat",
    "",
    "هرات–کندهار: راه‌آهن",
    "<b>\"&'</b>]]>",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and on to the other end of the valley",
    "\u{0}\u{7}\n\t",
    "乌鲁木齐-喀什铁路线工程第一标段",
    "e\u{301}\u{301}\u{301} \u{202e}tsbo",
];

/// A route over a plain, whose points a test replaces.
static ROUTE: LazyLock<SegmentRoute> = LazyLock::new(|| {
    let grid = terrain::plane(5, 21, 1_000.0, 2.0, 0.0).unwrap();
    let station = |id: &str, col: usize| {
        let at = grid.place(2, col);
        Station { id: id.into(), lon_deg: at.lon_deg, lat_deg: at.lat_deg, ..Station::default() }
    };
    let study = Study {
        stations: vec![station("a", 0), station("b", 20)],
        segments: vec![Segment {
            id: "ab".into(),
            from: "a".into(),
            to: "b".into(),
            ..Segment::default()
        }],
        ..Study::default()
    };
    search(&study, &grid, &Options::default()).unwrap().remove(0)
});

struct Case {
    study: Study,
    plan: Plan,
    routes: Vec<SegmentRoute>,
    day: Date,
}

fn name(u: &mut Unstructured<'_>) -> Result<String> {
    if u.ratio(1, 8)? { u.arbitrary() } else { Ok((*u.choose(&NAMES)?).to_owned()) }
}

fn any_route(u: &mut Unstructured<'_>, segment: &str) -> Result<SegmentRoute> {
    let mut chainage_m = 0.0;
    let mut points = Vec::new();
    for _ in 0..u.int_in_range(0..=6)? {
        let (height_m, ground_m) = (u.int_in_range(0..=900_u16)?, u.int_in_range(0..=900_u16)?);
        points.push(RoutePoint {
            chainage_m,
            place: ROUTE.points[0].place,
            height_m: f64::from(height_m),
            ground_m: f64::from(ground_m),
        });
        chainage_m += f64::from(u.int_in_range(0..=5_000_u16)?);
    }
    Ok(SegmentRoute { segment: segment.to_owned(), points, length_m: chainage_m, ..ROUTE.clone() })
}

/// Segments, often none or many, each with stages, works of lots and an opening, or without some.
fn any(u: &mut Unstructured<'_>) -> Result<Case> {
    let start = *u.choose(&[date(2026, 2, 1), date(2027, 12, 31), date(1900, 1, 1)])?;
    let mut site = Calendar::new("site", WorkingWeek::FRIDAY_OFF);
    for _ in 0..u.int_in_range(0..=3)? {
        // A month or two of each year, over its end as well.
        let month: i8 = u.int_in_range(1..=12)?;
        let first = DayOfYear { month, day: u.int_in_range(1..=28)? };
        let last = DayOfYear { month: month % 12 + 1, day: 28 };
        let closed_to = if u.arbitrary()? { Some(name(u)?) } else { None };
        site.seasons.push(Season { name: name(u)?, closed_to, first, last });
    }
    let mut network = Network::new(start, Calendar::new("office", WorkingWeek::EVERY_DAY));
    network.calendars.push(site);
    let mut study = Study::default();
    let mut plan = Plan {
        network,
        items: Vec::new(),
        risk: RiskModel::default(),
        assumptions: Vec::new(),
        lots: Vec::new(),
        machines: None,
    };
    let mut routes = Vec::new();
    for number in 0..*u.choose(&[0, 1, 1, 2, 3, 7, 40, 70])? {
        let (id, from) = (format!("s{number}"), format!("a{number}"));
        let to = format!("a{}", number + 1);
        study.stations.push(Station {
            id: from.clone(),
            name: name(u)?.as_str().into(),
            ..Station::default()
        });
        study.segments.push(Segment { id: id.clone(), from, to, ..Segment::default() });
        segment(u, &mut plan, &id)?;
        if u.ratio(3, 4)? {
            routes.push(any_route(u, &id)?);
        }
    }
    if u.arbitrary()? {
        plan.network.activities.push(Activity::finish_milestone("opening"));
        plan.items.push(item("opening", "corridor", ItemKind::Opening, "opening", None));
    }
    let day = *u.choose(&[start, date(2026, 1, 31), date(2090, 6, 1), date(1800, 1, 1)])?;
    if let Some(first) = plan.items.first() {
        plan.risk.events.push(RiskEvent {
            id: "closed".into(),
            event_probability: 0.5,
            impact: Distribution::Fixed { value: 40.0 },
            activities: vec![first.activity.clone()],
            cost: None,
        });
        study.risks.push(Risk {
            id: "closed".into(),
            name: name(u)?.as_str().into(),
            ..Risk::default()
        });
    }
    Ok(Case { study, plan, routes, day })
}

fn item(id: &str, segment: &str, kind: ItemKind, work: &str, at_m: Option<(f64, f64)>) -> PlanItem {
    PlanItem {
        activity: id.to_owned(),
        segment: segment.to_owned(),
        kind,
        work: work.to_owned(),
        from_m: at_m.map(|at| at.0),
        to_m: at_m.map(|at| at.1),
        cost_usd: 0.0,
        is_backwards: false,
    }
}

fn segment(u: &mut Unstructured<'_>, plan: &mut Plan, id: &str) -> Result<()> {
    let mut before: Option<String> = None;
    let mut push = |plan: &mut Plan, u: &mut Unstructured<'_>, about: PlanItem| -> Result<()> {
        let days = f64::from(u.int_in_range(0..=150_u16)?);
        let activity = match about.kind {
            ItemKind::Opening => Activity::finish_milestone(&about.activity),
            _ => Activity::task(&about.activity, days),
        };
        let activity = Activity { name: name(u)?, ..activity }.in_calendar("site");
        plan.network.activities.push(activity);
        if let Some(before) = before.replace(about.activity.clone()) {
            plan.network.links.push(Link::finish_start(&before, &about.activity));
        }
        if about.kind != ItemKind::Opening && days > 1.0 && u.arbitrary()? {
            plan.risk.activities.push(ActivityRisk {
                activity: about.activity.clone(),
                duration: Distribution::Triangular {
                    low: 0.5 * days,
                    mode: days,
                    high: 3.0 * days,
                },
                loadings: Vec::new(),
                fixed_usd: 0.0,
                cost_usd_per_day: 0.0,
            });
        }
        plan.items.push(about);
        Ok(())
    };
    for stage in ["pre-feasibility", "design", "tender"].into_iter().take(u.int_in_range(0..=3)?) {
        push(plan, u, item(&format!("{id}/{stage}"), id, ItemKind::Preparation, stage, None))?;
    }
    let each_m = f64::from(u.int_in_range(0..=40_000_u32)?);
    let (mut lots, is_backwards) = (Vec::new(), u.arbitrary()?);
    for place in 0..u.int_in_range(0..=3_u8)? {
        let (from_m, to_m) = (each_m * f64::from(place), each_m * f64::from(place + 1));
        lots.push(Lot { from_m, to_m, ..Lot::default() });
        for work in ["earthworks", "tunnels", "track"] {
            let at_m = Some((from_m, to_m));
            let id_of_lot = format!("{id}/{work}/{place}");
            let lot = item(&id_of_lot, id, ItemKind::Works, work, at_m);
            push(plan, u, PlanItem { is_backwards, ..lot })?;
        }
    }
    plan.lots.push(SegmentLots { segment: id.to_owned(), lots });
    if u.ratio(4, 5)? {
        push(plan, u, item(&format!("{id}/opening"), id, ItemKind::Opening, "opening", None))?;
    }
    Ok(())
}

fn pictures(case: &Case) -> Vec<Picture> {
    let Case { study, plan, routes, day } = case;
    let status = status::assess(study, (*day).into()).unwrap();
    let compiled = plan.network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let (track, steps_m) = report::track_lengths_m(plan);
    let options = RiskOptions { iterations: 50, seed: 3 };
    let (outcome, laid) =
        simulate_lengths(&compiled, &plan.risk, &options, &track, &steps_m).unwrap();
    vec![
        report::gate_board_picture(study, &status, plan, &dates),
        report::gantt_picture(study, *day, plan, &dates, &outcome),
        report::time_location_picture(study, plan, &dates, routes, &CostModel::default()),
        report::s_curve_picture(*day, plan, &dates, &laid),
        report::tornado_picture(study, plan, &outcome),
    ]
}

/// Every number of the shapes of a picture lies within its frame, but for half a stroke or letter.
fn check_frame(document: &roxmltree::Document<'_>) {
    let root = document.root_element();
    let frame: Vec<f64> = root
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|number| number.parse().unwrap())
        .collect();
    let (width, height) = (frame[2], frame[3]);
    assert!(width > 0.0 && height > 0.0);
    let inside = |x: f64, y: f64| {
        let is_in = (-8.0..=width + 8.0).contains(&x) && (-8.0..=height + 8.0).contains(&y);
        assert!(is_in, "{x} {y} outside of {width} {height}");
    };
    for node in document.descendants() {
        let number = |name: &str| node.attribute(name).map(|text| text.parse::<f64>().unwrap());
        if let (Some(x), Some(y)) = (number("x"), number("y")) {
            inside(x, y);
            let (wide, high) = (number("width").unwrap_or(0.0), number("height").unwrap_or(0.0));
            assert!(wide >= 0.0 && high >= 0.0);
            inside(x + wide, y + high);
        }
        if let (Some(x), Some(text), true) = (number("x"), node.text(), node.has_tag_name("text"))
            && text.is_ascii()
        {
            let letters = u16::try_from(text.len()).unwrap();
            let wide = 0.45 * 11.5 * f64::from(letters);
            let (left, right) = match node.attribute("text-anchor") {
                Some("end") => (x - wide, x),
                Some("middle") => (x - 0.5 * wide, x + 0.5 * wide),
                _ => (x, x + wide),
            };
            let is_in = left >= -8.0 && right <= width + 8.0;
            assert!(is_in, "{text} from {left} to {right} of {width}");
        }
        for pair in node.attribute("points").unwrap_or("").split_whitespace() {
            let (x, y) = pair.split_once(',').unwrap();
            inside(x.parse().unwrap(), y.parse().unwrap());
        }
    }
}

#[test]
fn any_plan_is_drawn_within_its_frame() {
    chance::property(|u| {
        let case = any(u)?;
        let all = pictures(&case);
        assert_eq!(all, pictures(&case));
        for picture in &all {
            for text in [&picture.svg, &picture.file()] {
                let document = roxmltree::Document::parse(text).unwrap();
                check_frame(&document);
                let names =
                    ["svg", "g", "title", "desc", "text", "rect", "polyline", "polygon", "style"];
                let elements = document.descendants().filter(roxmltree::Node::is_element);
                assert!(elements.clone().all(|node| names.contains(&node.tag_name().name())));
            }
        }
        let page = report::pictures_html(&case.study, case.day.into(), &all, &[]);
        roxmltree::Document::parse(page.strip_prefix("<!DOCTYPE html>\n").unwrap()).unwrap();
        Ok(())
    })
    .size_min(4_096)
    .budget_ms(4_000);
}

/// The rows of a chart are no more than a page holds, however many segments there are.
#[test]
fn a_gantt_chart_has_no_more_rows_than_a_page_holds() {
    chance::property(|u| {
        let gantt = pictures(&any(u)?).remove(1);
        let document = roxmltree::Document::parse(&gantt.svg).unwrap();
        let is_row = |node: &roxmltree::Node<'_, '_>| {
            let row = ["segment", "work"].contains(&node.attribute("class").unwrap_or(""));
            node.has_tag_name("text") && row
        };
        assert!(document.descendants().filter(is_row).count() <= 64);
        Ok(())
    })
    .size_min(4_096)
    .budget_ms(2_000);
}

#[cfg(feature = "turgundi")]
mod real {
    use railcorridor::route::LevelOptions;
    use railcorridor::stages::{PlanOptions, plan};

    use super::*;

    fn case() -> Case {
        let (study, grid) = (Study::turgundi().unwrap(), terrain::globe_30s().unwrap());
        let levels = LevelOptions { gradient_permille: 18.0, ..LevelOptions::default() };
        let routes = search(&study, &grid, &Options { levels, ..Options::default() }).unwrap();
        let day = date(2026, 1, 31);
        let plan = plan(&study, &routes, &grid, &PlanOptions::new(day.into())).unwrap();
        Case { study, plan, routes, day }
    }

    /// The box of a text, with letters half as wide as they are high.
    fn area(node: &roxmltree::Node<'_, '_>) -> (f64, f64, f64) {
        let size = if node.attribute("class") == Some("quarter") { 8.0 } else { 11.5 };
        let letters = u16::try_from(node.text().unwrap_or("").chars().count()).unwrap();
        let wide = 0.5 * size * f64::from(letters);
        let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let left = match node.attribute("text-anchor") {
            Some("end") => number("x") - wide,
            Some("middle") => number("x") - 0.5 * wide,
            _ => number("x"),
        };
        (left, left + wide, number("y"))
    }

    #[test]
    fn no_words_of_the_real_line_lie_upon_others() {
        for picture in pictures(&case()) {
            let document = roxmltree::Document::parse(&picture.svg).unwrap();
            let texts: Vec<_> =
                document.descendants().filter(|node| node.has_tag_name("text")).collect();
            assert!(texts.len() > 10);
            for (place, one) in texts.iter().enumerate() {
                for other in &texts[place + 1..] {
                    let (a, b) = (area(one), area(other));
                    let is_clear = a.1 <= b.0 || b.1 <= a.0 || (a.2 - b.2).abs() >= 9.0;
                    let words = (one.text(), other.text());
                    assert!(is_clear, "{}: {words:?}", picture.id);
                }
            }
        }
    }

    /// What the pictures say in words is what was computed.
    #[test]
    fn dates_and_lengths_are_those_of_the_plan() {
        let case = case();
        let all = pictures(&case);
        let compiled = case.plan.network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        let opening = case.plan.opening("turgundi-herat").unwrap();
        let month = dates.early_finish(opening).strftime("%b %Y").to_string();
        assert!(all[0].svg.contains(&format!("by {month}")));
        assert!(all[1].svg.contains(&format!("planned {month}")));
        assert!(all[2].svg.contains(&month));
        let (track, steps_m) = report::track_lengths_m(&case.plan);
        let total_m: f64 = track.iter().map(|one| one.length_m).sum();
        let lots_m: f64 =
            case.plan.lots.iter().filter_map(|one| one.lots.last()).map(|lot| lot.to_m).sum();
        assert!((total_m - lots_m).abs() < 1e-6 && (steps_m[49] - total_m).abs() < 1e-6);
        assert!(all[3].caption.contains(&format!("of {:.0} km", total_m / 1e3)));
        // States in words: somebody claims the pre-feasibility study of the first segment.
        for word in ["reached", "claimed", "partly", "missing"] {
            assert!(all[0].svg.contains(&format!(">{word}<")), "{word}");
        }
    }
}
