//! The 5 x 5 km yardstick: a line over a terrain of five hills, with a published answer.
//!
//! Terrain, task, limits and prices are those of Computer-Aided Civil and Infrastructure
//! Engineering, 10.1111/mice.12350, and of the 3D-CHA* optimiser of 2024.

use railcorridor::design::{EarthPrices, Formation, Ground, GroundPoint, LineLimits, LinePrices};
use railcorridor::geodesy::Coord;

/// Where the line begins, at the height of the ground.
pub const START: Coord = Coord { e_m: 250.0, n_m: 1000.0 };

/// Where it ends, at the height of the ground.
pub const END: Coord = Coord { e_m: 4000.0, n_m: 2000.0 };

/// Heights of 1000 (1 + sum of max(q, least)^2) m, with
/// q = rise (size^2 - ((x - east) / width)^2 - ((y - north) / depth)^2), x and y in km.
pub struct FiveHills;

struct Hill {
    east: f64,
    north: f64,
    size: f64,
    width: f64,
    depth: f64,
    rise: f64,
    least: f64,
}

const HILLS: [Hill; 5] = [
    Hill { east: 1.0, north: 1.5, size: 1.0, width: 0.5, depth: 1.0, rise: 0.3, least: 0.0 },
    Hill { east: 2.5, north: 3.1, size: 1.0, width: 1.0, depth: 1.5, rise: 0.4, least: 0.0 },
    Hill { east: 3.8, north: 1.3, size: 1.0, width: 2.0, depth: 0.5, rise: 0.3, least: 0.0 },
    Hill { east: 1.75, north: -0.25, size: 0.75, width: 1.0, depth: 1.0, rise: 0.5, least: 0.0 },
    Hill { east: 2.5, north: 2.0, size: 1.0, width: 10.0, depth: 10.0, rise: 0.8, least: 0.7 },
];

impl Ground for FiveHills {
    fn at(&self, place: Coord) -> GroundPoint {
        let (x_km, y_km) = (place.e_m / 1e3, place.n_m / 1e3);
        let mut point = GroundPoint { height_m: 1000.0, slope_e_ratio: 0.0, slope_n_ratio: 0.0 };
        for hill in &HILLS {
            let (u, v) = ((x_km - hill.east) / hill.width, (y_km - hill.north) / hill.depth);
            let q = hill.rise * (hill.size * hill.size - u * u - v * v);
            if q > hill.least {
                point.height_m += 1e3 * q * q;
                point.slope_e_ratio -= 4.0 * q * hill.rise * u / hill.width;
                point.slope_n_ratio -= 4.0 * q * hill.rise * v / hill.depth;
            } else {
                point.height_m += 1e3 * hill.least * hill.least;
            }
        }
        point
    }
}

/// A road of 7.58 m to either side; slopes of 0.78 rad in cut and 0.59 rad in fill.
pub fn formation() -> Formation {
    Formation {
        half_width_m: 7.58,
        cut_rise_ratio: 0.78_f64.tan(),
        fill_rise_ratio: 0.59_f64.tan(),
        reach_m: 25.0,
        soil_depth_m: 3.0,
    }
}

pub const PRICES: LinePrices = LinePrices {
    earth: EarthPrices {
        rock_usd_per_m3: 5.0,
        soil_usd_per_m3: 2.0,
        rock_usable_ratio: 0.97,
        soil_usable_ratio: 0.76,
        fill_usd_per_m3: 1.1,
        borrow_usd_per_m3: 4.5,
        waste_usd_per_m3: 2.0,
        rock_waste_ratio: 0.0375,
        soil_waste_ratio: 0.0625,
        unused_waste_ratio: 1.25 / 0.9,
    },
    land_usd_per_m2: 7.0,
    land_margin_m: 6.0,
    clearing_usd_per_m2: 0.6,
    track_usd_per_m: 550.0,
    upkeep_usd_per_m: 100.0,
};

pub const LIMITS: LineLimits = LineLimits {
    least_radius_m: 250.0,
    transition_m: 80.0,
    least_arc_m: 100.0,
    least_tangent_m: 222.0,
    greatest_tangent_m: 1321.0,
    least_gradient_ratio: 0.005,
    greatest_gradient_ratio: 0.05,
    vertical_radius_m: 10_000.0,
    least_even_grade_m: 225.0,
};
