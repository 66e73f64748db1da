//! Panels of points on axes of powers of ten, one beneath another, as an SVG with its own styles.

use std::fmt::Write as _;

/// Points of an axis and milliseconds.
pub struct Panel {
    pub title: String,
    pub axis: String,
    pub points: Vec<(f64, f64)>,
}

/// So wide that its letters can be read on a telephone, px.
const WIDTH: f64 = 440.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 30.0;
/// Where the first panel's field begins, how high fields are, and how far panels lie apart.
const TOP: f64 = 62.0;
const FIELD: f64 = 210.0;
const STEP: f64 = 310.0;

const STYLE: &str = "
svg { display: block; width: 100%; max-width: 760px; height: auto; font: 12px \"Helvetica Neue\", \"Segoe UI\", Roboto, \"Liberation Sans\", Arial, sans-serif; }
text { fill: #1b2733; } .label { fill: #51606e; font-size: 11px; } .heading { font-weight: 600; font-size: 13px; }
polyline { fill: none; stroke-linejoin: round; } .rule { stroke: #dde3e8; } .axis { stroke: #6a7682; }
.time { stroke: #123a5c; stroke-width: 2; } .point { fill: #123a5c; }
.slope { stroke: #7a1230; stroke-width: 1.4; stroke-dasharray: 7 4; } .slope-name { fill: #7a1230; font-size: 11px; }
.slope-name, .value { paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round; } .value { font-size: 10.5px; }
";

/// The panels, and what they are medians of.
pub fn picture(panels: &[Panel], rounds: usize) -> String {
    let height = TOP + STEP * panels.len() as f64 - 44.0;
    let title = "Time of a run";
    let words = format!("Medians of {rounds} rounds in turn, one thread; dashed: slope 1");
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"t d\" \
         xmlns=\"http://www.w3.org/2000/svg\"><style>{STYLE}</style>\n\
         <title id=\"t\">{title}</title>\n<desc id=\"d\">{words}: {}</desc>\n",
        panels.iter().map(described).collect::<Vec<_>>().join(" ")
    );
    text(&mut svg, "label", (LEFT, 18.0), "start", &words);
    for (panel, place) in panels.iter().zip(0_u32..) {
        draw(&mut svg, panel, TOP + STEP * f64::from(place));
    }
    svg + "</svg>\n"
}

fn described(panel: &Panel) -> String {
    let point = |(at, ms): &(f64, f64)| format!("{at} {}: {}", panel.axis, milliseconds(*ms));
    let points: Vec<String> = panel.points.iter().map(point).collect();
    format!("{}: {}.", panel.title, points.join(", "))
}

/// Whole powers of ten around values.
fn decades(values: impl Iterator<Item = f64> + Clone) -> [f64; 2] {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    [least.log10().floor(), values.fold(least, f64::max).log10().ceil()]
}

fn draw(svg: &mut String, panel: &Panel, top: f64) {
    let bottom = top + FIELD;
    let (from, to) = (LEFT, WIDTH - RIGHT);
    let across = decades(panel.points.iter().map(|(at, _)| *at));
    let up = decades(panel.points.iter().map(|(_, ms)| *ms));
    let share = |value: f64, [low, high]: [f64; 2]| (value.log10() - low) / (high - low);
    let x = |at: f64| from + (to - from) * share(at, across);
    let y = |ms: f64| bottom - FIELD * share(ms, up);
    text(svg, "heading", (from, top - 14.0), "start", &panel.title);
    for power in up[0] as i32..=up[1] as i32 {
        let ms = 10_f64.powi(power);
        line(svg, "rule", &[(from, y(ms)), (to, y(ms))]);
        text(svg, "label", (from - 6.0, y(ms) + 4.0), "end", &milliseconds(ms));
    }
    for power in across[0] as i32..=across[1] as i32 {
        let at = 10_f64.powi(power);
        line(svg, "rule", &[(x(at), top), (x(at), bottom)]);
        text(svg, "label", (x(at), bottom + 16.0), "middle", &counted(at));
    }
    line(svg, "axis", &[(from, top), (from, bottom), (to, bottom)]);
    text(svg, "label", (to, bottom + 32.0), "end", &panel.axis);
    slope(svg, panel, (across, up), &x, &y);
    let points: Vec<(f64, f64)> = panel.points.iter().map(|(at, ms)| (x(*at), y(*ms))).collect();
    line(svg, "time", &points);
    for ((at, ms), (px, py)) in panel.points.iter().zip(&points) {
        let words = format!("{} {}: {}", counted(*at), panel.axis, milliseconds(*ms));
        let _ = writeln!(
            svg,
            "<g><title>{words}</title><circle class=\"point\" cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"3.2\"/></g>"
        );
    }
    let ends = [panel.points.first().zip(points.first()), panel.points.last().zip(points.last())];
    for ((_, ms), (px, py)) in ends.into_iter().flatten() {
        let is_right = *px > 0.5 * (from + to);
        let anchor = if is_right { "end" } else { "start" };
        let beside = if py + 20.0 > bottom { -16.0 } else { 18.0 };
        let below = if is_right { -8.0 } else { beside };
        let (px, py) = (if is_right { px - 6.0 } else { px + 6.0 }, py + below);
        text(svg, "value", (px, py), anchor, &milliseconds(*ms));
    }
}

/// A line well above the last point that grows as fast as the axis, as far as it is in the field.
fn slope(
    svg: &mut String,
    panel: &Panel,
    (across, up): ([f64; 2], [f64; 2]),
    x: &dyn Fn(f64) -> f64,
    y: &dyn Fn(f64) -> f64,
) {
    let Some((at, ms)) = panel.points.last() else { return };
    let ms_each = 5.0 * ms / at;
    let from = 10_f64.powf(across[0]).max(10_f64.powf(up[0]) / ms_each);
    let to = 10_f64.powf(across[1]).min(10_f64.powf(up[1]) / ms_each);
    line(svg, "slope", &[(x(from), y(ms_each * from)), (x(to), y(ms_each * to))]);
    let middle = (from * to).sqrt();
    let place = (x(middle) - 6.0, y(ms_each * middle) - 6.0);
    text(svg, "slope-name", place, "end", "slope 1");
}

fn line(svg: &mut String, class: &str, points: &[(f64, f64)]) {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = writeln!(svg, "<polyline class=\"{class}\" points=\"{}\"/>", points.join(" "));
}

fn text(svg: &mut String, class: &str, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

/// Two digits, with a unit that suits.
fn milliseconds(ms: f64) -> String {
    let (value, unit) = match ms {
        ms if ms < 0.99 => (1e3 * ms, "us"),
        ms if ms < 990.0 => (ms, "ms"),
        ms => (1e-3 * ms, "s"),
    };
    let decimals = usize::from(value < 9.95 && (value - value.round()).abs() > 0.05);
    format!("{value:.decimals$} {unit}")
}

fn counted(count: f64) -> String {
    match count {
        count if count >= 1e6 => format!("{} million", count / 1e6),
        count if count >= 1e3 => format!("{},000", count / 1e3),
        count => format!("{count}"),
    }
}
