//! Tables of designed lines.

use crate::design::{Track, Works};
use crate::model::{CORRIDOR, Date, RateState, Segment, Study};
use crate::report::routes::km;
use crate::report::sources::of_claims;
use crate::report::table::{Cell, Mark, Table};
use crate::report::words::sentence;
use crate::status::{Preference, Resolved, resolve};
use crate::unit::grouped;

fn musd(usd: f64) -> String {
    grouped(usd / 1e6, 1)
}

/// Totals that are not exceeded in five and in eight of ten draws, dollars.
fn spread_usd(track: &Track) -> [f64; 2] {
    let found = track.quantiles_usd(&[0.5, 0.8]);
    let at = |place: usize| found.get(place).copied().unwrap_or_default();
    [at(0), at(1)]
}

/// One row a segment: what the line is and what it costs.
#[must_use]
pub fn design_table(study: &Study, tracks: &[&Track], gradient_permille: f64) -> Table {
    let title = format!("Lines as designed at {gradient_permille} permille");
    let note = "Tangents, curves, gradients and vertical curves that keep the standard, as cheap as \
        they were found. Gap: by how much the profile may be dearer than the cheapest one on its \
        plan, proved. Band: what lines of the region cost on such ground. P50 and P80: with the \
        spread of all rates, and of the ground that the terrain may stand for: it is \
        rougher than the terrain, so that P50 lies above the cost.";
    let headings = [
        "Segment",
        ">Length, km",
        ">Least radius, m",
        ">Curves",
        ">Climb, m",
        ">Fall, m",
        ">Summit, m",
        ">Tunnels, km",
        ">Bridges, km",
        ">Cut, million m3",
        ">Fill, million m3",
        ">Gap, %",
        ">Cost, million USD",
        ">A km",
        ">P50",
        ">P80",
        ">Band, million USD",
    ];
    let mut table = Table::new("design", &title, note, &headings);
    for track in tracks {
        let [climb_m, fall_m] = track.climbs_m();
        let (_, tunnels_m) = track.structures_of(Works::Tunnel);
        let (_, bridges_m) = track.structures_of(Works::Bridge);
        let band = track.cost_band();
        let [p50, p80] = spread_usd(track);
        table.rows.push(vec![
            sentence(&study.subject_name(&track.segment)).into(),
            km(track.length_m()).into(),
            track.least_radius_m().map_or(String::new(), |radius_m| grouped(radius_m, 0)).into(),
            track.curves.len().to_string().into(),
            grouped(climb_m, 0).into(),
            grouped(fall_m, 0).into(),
            track.summit().map_or(String::new(), |at| grouped(at.level_m, 0)).into(),
            km(tunnels_m).into(),
            km(bridges_m).into(),
            grouped(track.earth.cut_m3 / 1e6, 1).into(),
            grouped(track.earth.fill_m3 / 1e6, 1).into(),
            grouped(100.0 * track.gap_ratio(), 1).into(),
            musd(track.bill.total_usd()).into(),
            grouped(track.musd_per_km(), 2).into(),
            musd(p50).into(),
            musd(p80).into(),
            format!("{}-{}", grouped(band.low_musd, 0), grouped(band.high_musd, 0)).into(),
        ]);
    }
    if tracks.len() > 1 {
        table.rows.push(total(study, tracks));
    }
    table
}

fn total(study: &Study, tracks: &[&Track]) -> Vec<Cell> {
    let sum = |of: &dyn Fn(&Track) -> f64| tracks.iter().copied().map(of).sum::<f64>();
    let length_m = sum(&Track::length_m);
    let usd = sum(&|track| track.bill.total_usd());
    let works = |works| sum(&|track: &Track| track.structures_of(works).1);
    let band = |high: bool| {
        sum(&|track: &Track| {
            let band = track.cost_band();
            if high { band.high_musd } else { band.low_musd }
        })
    };
    let count: usize = tracks.iter().map(|track| track.curves.len()).sum();
    vec![
        sentence(&study.subject_name(CORRIDOR)).into(),
        km(length_m).into(),
        String::new().into(),
        count.to_string().into(),
        grouped(sum(&|track| track.climbs_m()[0]), 0).into(),
        grouped(sum(&|track| track.climbs_m()[1]), 0).into(),
        String::new().into(),
        km(works(Works::Tunnel)).into(),
        km(works(Works::Bridge)).into(),
        grouped(sum(&|track| track.earth.cut_m3) / 1e6, 1).into(),
        grouped(sum(&|track| track.earth.fill_m3) / 1e6, 1).into(),
        String::new().into(),
        musd(usd).into(),
        grouped(usd / 1e6 / (length_m / 1e3).max(1e-9), 2).into(),
        String::new().into(),
        String::new().into(),
        format!("{}-{}", grouped(band(false), 0), grouped(band(true), 0)).into(),
    ]
}

/// The line of a segment for one ruling gradient.
#[derive(Debug, Clone, Copy)]
pub struct GradientDesign<'a> {
    /// What the line may not exceed.
    pub gradient_permille: f64,
    /// What it was laid out for: less if a flatter line is cheaper.
    pub laid_out_for_permille: f64,
    /// The line.
    pub track: &'a Track,
}

/// Segment by segment and gradient by gradient: length, climb, tunnels and cost; under those of each
/// segment what was published of it by a day.
#[must_use]
pub fn design_by_gradient_table(study: &Study, day: Date, designs: &[GradientDesign<'_>]) -> Table {
    let note = "Each line designed anew along the way that is cheapest for its gradient; where a \
        flatter one is cheaper still, that is kept, since it keeps the steeper gradient too. \
        Published: the length that is used, with the least and the greatest of the same ends, and the \
        investment that was announced for the whole segment, stations and rolling stock perhaps \
        among it.";
    let headings = [
        "Segment",
        ">Ruling gradient, permille",
        ">Laid out for",
        ">Length, km",
        ">Summit, m",
        ">Climb, m",
        ">Tunnels, km",
        ">Bridges, km",
        ">Cost, million USD",
        ">P80",
        ">A km",
        ">Findings",
    ];
    let title = "Lines as designed, by gradient";
    let mut table = Table::new("design-by-gradient", title, note, &headings);
    for segment in &study.segments {
        let own = designs.iter().filter(|design| design.track.segment == segment.id);
        for design in own {
            let track = design.track;
            table.rows.push(vec![
                sentence(&study.subject_name(&segment.id)).into(),
                grouped(design.gradient_permille, 1).into(),
                grouped(design.laid_out_for_permille, 1).into(),
                km(track.length_m()).into(),
                track.summit().map_or(String::new(), |at| grouped(at.level_m, 0)).into(),
                grouped(track.climbs_m()[0], 0).into(),
                km(track.structures_of(Works::Tunnel).1).into(),
                km(track.structures_of(Works::Bridge).1).into(),
                musd(track.bill.total_usd()).into(),
                musd(spread_usd(track)[1]).into(),
                grouped(track.musd_per_km(), 2).into(),
                track.all_findings().count().to_string().into(),
            ]);
        }
        if designs.iter().any(|design| design.track.segment == segment.id) {
            table.rows.extend(published_row(study, day, segment));
        }
    }
    table
}

/// What was published of a segment, under the headings of lines by gradient.
fn published_row(study: &Study, day: Date, segment: &Segment) -> Option<Vec<Cell>> {
    let of = |property| resolve(study, &segment.id, property, day, Preference::default());
    let (length, investment) = (of("length_km"), of("investment"));
    if length.is_none() && investment.is_none() {
        return None;
    }
    let empty = || Cell::from(String::new());
    let cell = |found: Option<&Resolved>, words: &dyn Fn(f64) -> String| {
        let Some((found, number)) = found.and_then(|found| Some((found, found.value.number()?)))
        else {
            return empty();
        };
        let words = match found.spread {
            Some(spread) if spread.high > spread.low => {
                format!("{} ({}-{})", words(number), words(spread.low), words(spread.high))
            }
            _ => words(number),
        };
        let sources = of_claims(study, [found.claim.as_str()]);
        Cell { claim: Some(found.claim.clone()), ..Cell::from(words) }.with_sources(sources)
    };
    let length = cell(length.as_ref(), &|value_km| grouped(value_km, 1));
    let dollars = investment.filter(|found| found.currency.as_deref() == Some("USD"));
    let investment = cell(dollars.as_ref(), &musd);
    let name = Cell::from(sentence(&study.subject_name(&segment.id)));
    let mut row = vec![name, "published".into(), empty(), length];
    row.extend([empty(), empty(), empty(), empty(), investment, empty(), empty(), empty()]);
    Some(row)
}

/// The bill of quantities of a line.
#[must_use]
pub fn bill_table(study: &Study, track: &Track) -> Table {
    let name = sentence(&study.subject_name(&track.segment));
    let title = format!("What it takes: {name}");
    let mut note = format!(
        "Prices of {}. Low and high: rates that are fallen below, and exceeded, once in ten times.",
        track.bill.price_year
    );
    let amounts = [
        ("cut", track.band.range(|draw| draw.earth.cut_m3 / 1e6)),
        ("fill", track.band.range(|draw| draw.earth.fill_m3 / 1e6)),
    ];
    for (word, range) in amounts {
        if let Some((low, high)) = range {
            let (low, high) = (grouped(low, 1), grouped(high, 1));
            note.push_str(&format!(
                " On {} grounds that the terrain may stand for (error {} m, alike over {} km), {word} \
                 is {low} to {high} million m3.",
                track.band.draws.len(),
                grouped(track.band.error_m, 0),
                grouped(track.band.alike_m / 1e3, 0)
            ));
        }
    }
    let headings = [
        "Group",
        "Item",
        ">Amount",
        "Unit",
        ">Rate, USD",
        ">Low-high, %",
        ">Million USD",
        "Rate is",
        "Where the rate comes from",
    ];
    let id = format!("bill-{}", track.segment);
    let mut table = Table::new(&id, &title, &note, &headings);
    for item in &track.bill.items {
        let [low, high] = item.ratios;
        let decimals = if item.amount < 100.0 { 1 } else { 0 };
        let state = match item.state {
            RateState::Assumed => Cell::marked("", Mark::Assumed),
            other => other.word().into(),
        };
        table.rows.push(vec![
            item.item.group().words().into(),
            item.item.words().into(),
            grouped(item.amount, decimals).into(),
            item.item.unit().into(),
            if item.item.is_share() { String::new() } else { grouped(item.rate, 1) }.into(),
            format!("{:.0}-{:.0}", 100.0 * low, 100.0 * high).into(),
            grouped(item.usd / 1e6, 2).into(),
            state,
            item.source.clone().into(),
        ]);
    }
    let empty = || Cell::from(String::new());
    table.rows.push(vec![
        "All".into(),
        empty(),
        empty(),
        empty(),
        empty(),
        empty(),
        grouped(track.bill.total_usd() / 1e6, 2).into(),
        empty(),
        empty(),
    ]);
    table
}

/// Tunnels and bridges of a line, each by itself.
#[must_use]
pub fn design_structures_table(study: &Study, track: &Track) -> Option<Table> {
    let name = sentence(&study.subject_name(&track.segment));
    let title = format!("Tunnels and bridges: {name}");
    let note = "Where a tunnel or a bridge is cheaper than a cut or a fill, or no cut or fill \
        would stand; and bridges over streams that drain much.";
    let headings = ["What", ">From, km", ">To, km", ">Length, m", ">Deepest or highest, m"];
    let id = format!("structures-{}", track.segment);
    let mut table = Table::new(&id, &title, note, &headings);
    for structure in &track.structures {
        let within = track.points.iter().filter(|point| {
            structure.from_m <= point.distance_m && point.distance_m <= structure.to_m
        });
        let most_m = within.map(|point| (point.level_m - point.ground_m).abs()).fold(0.0, f64::max);
        table.rows.push(vec![
            sentence(structure.works.word()).into(),
            grouped(structure.from_m / 1e3, 2).into(),
            grouped(structure.to_m / 1e3, 2).into(),
            grouped(structure.to_m - structure.from_m, 0).into(),
            grouped(most_m, 0).into(),
        ]);
    }
    for crossing in &track.crossings {
        let half_m = 0.5 * crossing.bed_m;
        table.rows.push(vec![
            format!("Stream of {} km2", grouped(crossing.area_km2, 0)).into(),
            grouped((crossing.distance_m - half_m) / 1e3, 2).into(),
            grouped((crossing.distance_m + half_m) / 1e3, 2).into(),
            grouped(crossing.bed_m, 0).into(),
            String::new().into(),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}
