//! Cases of earthworks: volumes between sections, and the haul of what is cut.

use railcorridor::design::{HaulRates, Section, mass_haul};

use super::csv::each_row;
use super::json::{list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Volumes between two sections.
pub const PRISMOIDS: Kind = Kind {
    name: "earth between sections",
    json_kinds: &[],
    files: &[("alignment", "earthwork_prismoid.csv")],
    run: prismoids,
};

/// The cheapest haul along a line.
pub const HAUL: Kind = Kind {
    name: "mass haul",
    json_kinds: &[],
    files: &[("alignment", "mass_haul.json")],
    run: haul,
};

fn prismoids(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    each_row(file, report, |row, report| {
        let section = Section::new(
            row.number("formation_width_m")?,
            row.number("side_slope_fill")?,
            row.number("side_slope_cut")?,
        );
        let section = section.map_err(|error| error.to_string())?;
        let heights_m = (row.number("h0_fill_positive")?, row.number("h1")?);
        let earth = section.earth(row.number("length_m")?, heights_m.0, heights_m.1);
        for (name, column, volume_m3) in [
            ("cut, share of itself", "cut_exact_m3", earth.cut_m3),
            ("fill, share of itself", "fill_exact_m3", earth.fill_m3),
        ] {
            let exact_m3 = row.number(column)?;
            report.case(name, row.line, (volume_m3 - exact_m3) / exact_m3.max(1.0), 1e-9);
        }
        Ok(())
    })
}

fn haul(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    for (place, case) in (1..).zip(list(&cases)?) {
        let rates = HaulRates {
            haul_usd_per_m3_m: number(&case["haul_cost_per_m3_m"])?,
            borrow_usd_per_m3: number(&case["borrow_cost_per_m3"])?,
            waste_usd_per_m3: number(&case["waste_cost_per_m3"])?,
        };
        let (distances_m, spare_m3) =
            (numbers(&case["distance_m"])?, numbers(&case["net_volume_m3"])?);
        let found = mass_haul(&distances_m, &spare_m3, rates).map_err(|error| error.to_string())?;
        let optimum = number(&case["optimal_cost"])?;
        report.case("cost, share of itself", place, found.cost_usd / optimum - 1.0, 1e-6);
    }
    Ok(())
}
