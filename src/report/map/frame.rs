//! From places to points of the picture.

use crate::geodesy::LonLat;
use crate::model::Station;

/// A window of longitude and latitude on a picture; a degree of longitude is drawn as long as it
/// is in the middle of the window (equirectangular projection, good for a few degrees).
pub(in crate::report) struct Frame {
    pub(super) north_west: LonLat,
    pub(super) south_east: LonLat,
    /// Width of the picture.
    pub(super) width: f64,
    /// Height of the picture.
    pub(super) height: f64,
}

const WIDTH: f64 = 1000.0;

/// Room around the outermost stations, share of the larger extent.
const MARGIN_RATIO: f64 = 0.09;

/// Narrower windows would show more than the terrain holds.
const LEAST_EXTENT_DEG: f64 = 0.5;

const METRES_PER_DEG: f64 = 111_320.0;

impl Frame {
    /// The window around places; `None` without any.
    pub(super) fn around(places: &[LonLat]) -> Option<Self> {
        let (mut west, mut east) = extent(places.iter().map(|place| place.lon_deg))?;
        let (mut south, mut north) = extent(places.iter().map(|place| place.lat_deg))?;
        let squeeze = (0.5 * (south + north)).to_radians().cos().max(0.1);
        let margin =
            MARGIN_RATIO * ((east - west) * squeeze).max(north - south).max(LEAST_EXTENT_DEG);
        (west, east) = (west - margin / squeeze, east + margin / squeeze);
        (south, north) = ((south - margin).max(-90.0), (north + margin).min(90.0));
        // No taller than wide, no flatter than half as tall.
        let tall = (north - south) / ((east - west) * squeeze);
        if tall > 1.0 {
            let more = ((north - south) / squeeze - (east - west)) / 2.0;
            (west, east) = (west - more, east + more);
        } else if tall < 0.5 {
            let more = (0.5 * (east - west) * squeeze - (north - south)) / 2.0;
            (south, north) = (south - more, north + more);
        }
        let height = WIDTH * (north - south) / ((east - west) * squeeze);
        Some(Self {
            north_west: LonLat { lon_deg: west, lat_deg: north },
            south_east: LonLat { lon_deg: east, lat_deg: south },
            width: WIDTH,
            height,
        })
    }

    pub(super) fn point(&self, station: &Station) -> (f64, f64) {
        self.point_of(place(station))
    }

    /// Whether a place is in the window, and not at its very edge.
    pub(super) fn holds(&self, place: LonLat) -> bool {
        const EDGE: f64 = 12.0;
        let (x, y) = self.point_of(place);
        (EDGE..=self.width - EDGE).contains(&x) && (EDGE..=self.height - EDGE).contains(&y)
    }

    pub(super) fn point_of(&self, place: LonLat) -> (f64, f64) {
        let width_deg = self.south_east.lon_deg - self.north_west.lon_deg;
        let height_deg = self.north_west.lat_deg - self.south_east.lat_deg;
        (
            (place.lon_deg - self.north_west.lon_deg) / width_deg * self.width,
            (self.north_west.lat_deg - place.lat_deg) / height_deg * self.height,
        )
    }

    /// Kilometres that one unit of the picture stands for.
    pub(super) fn km_per_unit(&self) -> f64 {
        let height_deg = self.north_west.lat_deg - self.south_east.lat_deg;
        height_deg * METRES_PER_DEG / 1e3 / self.height
    }

    /// Size of the relief: fine enough for a screen, small enough for a page.
    pub(super) fn relief_size_px(&self) -> (usize, usize) {
        const RELIEF_WIDTH_PX: f64 = 640.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 1,000")]
        let px = |size: f64| (size * RELIEF_WIDTH_PX / self.width).round() as usize;
        (px(self.width), px(self.height))
    }
}

/// Where a station is.
pub(super) fn place(station: &Station) -> LonLat {
    LonLat { lon_deg: station.lon_deg, lat_deg: station.lat_deg }
}

fn extent(values: impl Iterator<Item = f64> + Clone) -> Option<(f64, f64)> {
    Some((values.clone().min_by(f64::total_cmp)?, values.max_by(f64::total_cmp)?))
}

/// The point half way along a line.
pub(in crate::report) fn middle(line: &[(f64, f64)]) -> Option<(f64, f64)> {
    let length = |(a, b): (&(f64, f64), &(f64, f64))| (b.0 - a.0).hypot(b.1 - a.1);
    let pairs = || line.iter().zip(line.iter().skip(1));
    let mut left = pairs().map(length).sum::<f64>() / 2.0;
    for pair in pairs() {
        let part = length(pair);
        if part >= left && part > 0.0 {
            let (a, b) = pair;
            let share = left / part;
            return Some((a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share));
        }
        left -= part;
    }
    line.first().copied()
}
