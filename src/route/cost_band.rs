//! What a line costs by the terrain that it runs through.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::TerrainLengths;

/// Cost of a line as a range, million US dollars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct CostBand {
    /// If every kilometre costs as little as on the cheapest line on such ground, million US
    /// dollars.
    pub low_musd: f64,
    /// If every kilometre costs as much as on the dearest one, million US dollars.
    pub high_musd: f64,
}

/// A row of `data/rates/cost_bands.toml`.
#[derive(Deserialize)]
struct Rate {
    terrain: String,
    low_musd_per_km: f64,
    high_musd_per_km: f64,
}

static RATES: LazyLock<Vec<Rate>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        band: Vec<Rate>,
    }
    // A test reads the file; one that cannot be read would give no rates.
    let text = include_str!("../../data/rates/cost_bands.toml");
    toml::from_str(text).map_or_else(|_| Vec::new(), |file: File| file.band)
});

/// The row of mountains; tunnels and bridges are priced by it too.
const MOUNTAIN: &str = "mountain with tunnels";

/// Cost of a line of a length whose terrain is mixed as along a route.
///
/// Sum of length x cost of a kilometre on such ground, by the published costs of lines of the
/// region in `data/rates/cost_bands.toml` (flat 0.7 to 1.7, rolling 1.1 to 2.3, hilly 2.5 to 4.5,
/// mountain with tunnels 7 to 10 million US dollars a kilometre, as printed, of many years).
/// Tunnels and bridges cost what lines in mountains do, whatever ground they cross; ground of
/// unknown slope is taken to be as the rest. A check of a plan, no estimate.
///
/// ```
/// use railcorridor::route::{TerrainLengths, cost_band};
///
/// // 80 km flat, 20 km of tunnels: 80 x 0.7 + 20 x 7 to 80 x 1.7 + 20 x 10 million.
/// let terrain =
///     TerrainLengths { flat_m: 80_000.0, structures_m: 20_000.0, ..TerrainLengths::default() };
/// let band = cost_band(&terrain, 100_000.0);
/// assert!((band.low_musd - 196.0).abs() < 1e-9 && (band.high_musd - 336.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn cost_band(terrain: &TerrainLengths, length_m: f64) -> CostBand {
    let parts = [
        ("flat", terrain.flat_m),
        ("rolling", terrain.rolling_m),
        ("hilly", terrain.hilly_m),
        (MOUNTAIN, terrain.mountain_m + terrain.structures_m),
    ];
    let known_m: f64 = parts.iter().map(|(_, part_m)| part_m).sum();
    let mut band = CostBand::default();
    if known_m <= 0.0 {
        return band;
    }
    for (name, part_m) in parts {
        let Some(rate) = RATES.iter().find(|rate| rate.terrain == name) else { continue };
        let km = part_m / known_m * length_m / 1e3;
        band.low_musd += km * rate.low_musd_per_km;
        band.high_musd += km * rate.high_musd_per_km;
    }
    band
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_terrain_has_its_rate() {
        for name in ["flat", "rolling", "hilly", MOUNTAIN] {
            let rate = RATES.iter().find(|rate| rate.terrain == name).unwrap();
            assert!(rate.low_musd_per_km > 0.0 && rate.high_musd_per_km > rate.low_musd_per_km);
        }
    }

    #[test]
    fn unknown_ground_is_as_the_rest() {
        let terrain =
            TerrainLengths { rolling_m: 5_000.0, unknown_m: 5_000.0, ..TerrainLengths::default() };
        let band = cost_band(&terrain, 10_000.0);
        assert!((band.low_musd - 11.0).abs() < 1e-9 && (band.high_musd - 23.0).abs() < 1e-9);
        assert_eq!(cost_band(&TerrainLengths::default(), 10_000.0), CostBand::default());
    }
}
