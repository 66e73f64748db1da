//! From end to end: how long each leg and each break of gauge takes, one behind the other.

use super::axis::Axis;
use crate::operation::traffic::{TransitPart, TransitPlan, TransitTime, break_load};
use crate::report::escape::escape;
use crate::report::lettering::shortened;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::schedule::Percentiles;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
/// Room for the names of the parts.
const LEFT: f64 = 236.0;
/// Room for their hours.
const RIGHT: f64 = 138.0;
const TOP: f64 = 38.0;
const PITCH: f64 = 36.0;
const BAR: f64 = 17.0;
/// Parts beyond are not drawn.
const MOST_PARTS: usize = 40;

/// A way from end to end as bars in steps: each part begins where the mean of those before it ends,
/// at a break of gauge the wait first; thin lines lead from P10 to P90. The last bar is the whole way.
///
/// ```
/// use railcorridor::operation::traffic::TransitPlan;
/// use railcorridor::report::transit_picture;
///
/// let plan = TransitPlan::from_toml_str(
///     "format = 1\nname = \"A-C\"\n\
///      [[part]]\nkind = \"leg\"\nname = \"A-B\"\nduration_h = { kind = \"fixed\", value = 10.0 }\n\
///      [[part]]\nkind = \"leg\"\nname = \"B-C\"\n\
///      duration_h = { kind = \"triangular\", low = 20.0, mode = 30.0, high = 40.0 }\n",
/// )?;
/// let picture = transit_picture("way", &plan, &plan.time(1000, 1)?)?;
/// assert!(picture.svg.contains("A-B: 10.0 h in the mean, 10.0 to 10.0 h with 80 %"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
///
/// # Errors
/// Those of [`break_load`]; none for a plan that was read from a file.
pub fn transit_picture(id: &str, plan: &TransitPlan, time: &TransitTime) -> crate::Result<Picture> {
    let parts = parts(plan, time)?;
    let shown = parts.get(..parts.len().min(MOST_PARTS)).unwrap_or_default();
    let bottom = TOP + PITCH * (shown.len() as f64 + 1.0);
    let ends_h = shown.iter().map(|part| part.from_h + part.spread_h.p90);
    let most_h = ends_h.fold(time.total_h.p90.max(time.total_h.mean), f64::max);
    let axis = Axis::new((0.0, 1.04 * most_h), (LEFT, WIDTH - RIGHT));
    let mut svg = Svg::default();
    legend(&mut svg);
    hours(&mut svg, &axis, bottom);
    let mut top = TOP;
    for part in shown {
        row(&mut svg, &axis, top, part);
        top += PITCH;
    }
    svg.polyline("axis", "", &[(8.0, top + 1.0), (WIDTH - 8.0, top + 1.0)]);
    whole(&mut svg, &axis, top + 2.0, (shown, &time.total_h));
    let title = format!("From end to end: {}", plan.name);
    let total_h = &time.total_h;
    let words = format!(
        "{} parts one behind the other, hours to the right; the whole way takes {} h in the mean, {} \
         to {} h with 80 %.",
        parts.len(),
        grouped(total_h.mean, 1),
        grouped(total_h.p10, 1),
        grouped(total_h.p90, 1)
    );
    let more = parts.len().saturating_sub(MOST_PARTS);
    let left_out =
        if more > 0 { format!(" {more} more parts are not drawn.") } else { String::new() };
    let caption = format!(
        "Means one behind the other; thin lines from P10 to P90 of each part, from where it begins. \
         Parts are independent, so the whole is surer than their sum.{left_out}"
    );
    let svg =
        svg.finish("operation train-transit", &escape(id), (WIDTH, bottom + 36.0), &title, &words);
    Ok(Picture { id: id.to_owned(), title, caption, svg })
}

/// A part as drawn.
struct Part<'a> {
    name: &'a str,
    from_h: f64,
    mean_h: f64,
    /// How much of the mean is waiting; none of a leg.
    wait_h: Option<f64>,
    spread_h: Percentiles,
}

fn parts<'a>(plan: &'a TransitPlan, time: &TransitTime) -> crate::Result<Vec<Part<'a>>> {
    let mut from_h = 0.0;
    let rows = plan.parts.iter().zip(time.parts_h.iter().zip(&time.parts_spread_h));
    let parts = rows.map(|(part, (mean_h, spread_h))| {
        let wait_h = match part {
            TransitPart::Leg { .. } => None,
            TransitPart::Break { gauge_break, trains_per_day, .. } => {
                Some(break_load(gauge_break, *trains_per_day)?.wait_h.min(*mean_h))
            }
        };
        let name = part.name();
        let own = Part { name, from_h, mean_h: *mean_h, wait_h, spread_h: *spread_h };
        from_h += mean_h;
        Ok(own)
    });
    parts.collect()
}

fn legend(svg: &mut Svg) {
    let mut x = LEFT;
    for (class, words, room) in [
        ("leg", "leg", 60.0),
        ("wait", "wait at a break", 130.0),
        ("handling", "handling there", 130.0),
    ] {
        svg.block(class, (x, 8.0), (14.0, 10.0));
        svg.text("label", (x + 19.0, 17.0), "start", words);
        x += room;
    }
}

/// Round hours, days below them.
fn hours(svg: &mut Svg, axis: &Axis, bottom: f64) {
    for value in axis.round_values(1.0, 9.0) {
        let x = axis.px(value);
        svg.polyline("rule", "", &[(x, TOP - 8.0), (x, bottom + 4.0)]);
        svg.text("label", (x, bottom + 18.0), "middle", &grouped(value, 0));
    }
    svg.text("name", (WIDTH - RIGHT + 16.0, bottom + 18.0), "start", "hours");
    svg.text("label", (WIDTH - RIGHT + 10.0, 17.0), "start", "mean, P10\u{2013}P90");
}

/// The blocks of a part from a place on: class and ends in hours.
fn blocks(part: &Part<'_>) -> Vec<(&'static str, [f64; 2])> {
    let to_h = part.from_h + part.mean_h;
    match part.wait_h {
        None => vec![("leg", [part.from_h, to_h])],
        Some(wait_h) => {
            let begun_h = part.from_h + wait_h;
            vec![("wait", [part.from_h, begun_h]), ("handling", [begun_h, to_h])]
        }
    }
}

fn bar(svg: &mut Svg, axis: &Axis, top: f64, part: &Part<'_>) {
    for (class, [from_h, to_h]) in blocks(part) {
        let (from, to) = (axis.px(from_h), axis.px(to_h));
        svg.block(class, (from, top), ((to - from).max(0.0), BAR));
    }
}

fn spread(svg: &mut Svg, axis: &Axis, y: f64, from_h: f64, spread_h: &Percentiles) {
    let [low, high] = [spread_h.p10, spread_h.p90].map(|hours| axis.px(from_h + hours));
    svg.polyline("spread", "", &[(low, y), (high, y)]);
    for x in [low, high] {
        svg.polyline("spread", "", &[(x, y - 4.0), (x, y + 4.0)]);
    }
}

fn row(svg: &mut Svg, axis: &Axis, top: f64, part: &Part<'_>) {
    let words = told(part.name, part.mean_h, &part.spread_h);
    svg.titled(&words, |svg| {
        let name = shortened(part.name, 12.0, LEFT - 20.0);
        svg.text("words", (8.0, top + 13.0), "start", &name);
        bar(svg, axis, top, part);
        spread(svg, axis, top + BAR + 6.0, part.from_h, &part.spread_h);
        svg.text(
            "words",
            (WIDTH - RIGHT + 10.0, top + 13.0),
            "start",
            &figures(part.mean_h, &part.spread_h),
        );
    });
}

/// The whole way.
fn whole(svg: &mut Svg, axis: &Axis, top: f64, (parts, total_h): (&[Part<'_>], &Percentiles)) {
    svg.titled(&told("The whole way", total_h.mean, total_h), |svg| {
        svg.text("heading", (8.0, top + 17.0), "start", "The whole way");
        for part in parts {
            bar(svg, axis, top + 4.0, part);
        }
        spread(svg, axis, top + BAR + 10.0, 0.0, total_h);
        svg.text(
            "heading",
            (WIDTH - RIGHT + 10.0, top + 17.0),
            "start",
            &figures(total_h.mean, total_h),
        );
    });
}

/// Hours for a column: `14.7, 11.0–19.2`.
fn figures(mean_h: f64, spread_h: &Percentiles) -> String {
    let words = format!(
        "{}, {}\u{2013}{}",
        grouped(mean_h, 1),
        grouped(spread_h.p10, 1),
        grouped(spread_h.p90, 1)
    );
    shortened(&words, 12.0, RIGHT - 16.0)
}

fn told(name: &str, mean_h: f64, spread_h: &Percentiles) -> String {
    format!(
        "{name}: {} h in the mean, {} to {} h with 80 %",
        grouped(mean_h, 1),
        grouped(spread_h.p10, 1),
        grouped(spread_h.p90, 1)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::operation::pictures::drawn::drawn;

    #[test]
    fn parts_stand_one_behind_the_other_and_the_whole_below() {
        let plan =
            TransitPlan::from_toml_str(include_str!("../../../../examples/over_the_borders.toml"));
        let plan = plan.unwrap();
        let time = plan.time(2000, 1).unwrap();
        let picture = transit_picture("way", &plan, &time).unwrap();
        let shown = drawn(&picture);
        // Three legs and a break, again in the whole, and in the legend.
        assert_eq!(["leg", "wait", "handling"].map(|class| shown.count(class)), [7, 3, 3]);
        assert_eq!(shown.count("spread"), 3 * 5);
        let means: f64 = time.parts_h.iter().sum();
        assert!((means - time.total_h.mean).abs() < 1e-9);
        let last = parts(&plan, &time).unwrap().pop().unwrap();
        assert!((last.from_h + last.mean_h - means).abs() < 1e-9);
    }

    #[test]
    fn long_and_odd_ways_hold_together() {
        let leg = "[[part]]\nkind = \"leg\"\nname = \"A <b> & a name that is far too long for its room\"\n\
                   duration_h = { kind = \"fixed\", value = 100000.0 }\n";
        for count in [1, 2, 45] {
            let text = format!("format = 1\nname = \"&\"\n{}", leg.repeat(count));
            let plan = TransitPlan::from_toml_str(&text).unwrap();
            let picture = transit_picture("way", &plan, &plan.time(100, 1).unwrap()).unwrap();
            drawn(&picture);
            assert_eq!(picture.caption.contains("5 more parts"), count == 45);
        }
    }
}
