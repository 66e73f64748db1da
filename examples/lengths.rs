//! How long is the railway? By the ellipsoid, by its places, and by what was published.
//!
//! Prints:
//! ```text
//! Turgundi-Herat
//!   geodesic       100.3 km
//!   by places      123.7 km
//!   published      120.0 km, 113.0 to 120.0
//!   because           newest official figure (len-th-2)
//! Herat-Kandahar
//!   geodesic       446.8 km
//!   by places      511.9 km
//!   published      737.5 km, 737.5 to 811.0
//!   because           newest official figure (len-hk-1)
//! Kandahar-Spin Boldak
//!   geodesic        94.1 km
//!   by places       94.1 km
//!   published       96.0 km, 96.0 to 96.0
//!   because           newest official figure (len-ks-2)
//! whole corridor
//!   geodesic       641.2 km
//!   by places      729.7 km
//!   published      953.5 km, 946.5 to 1027.0
//! ```

use railcorridor::model::Study;
use railcorridor::status;

fn main() -> railcorridor::Result<()> {
    let study = Study::turgundi()?;
    for row in status::lengths(&study, "2026-01-31".parse()?)? {
        println!("{}", row.name);
        println!("  geodesic     {:7.1} km", row.geodesic_km);
        println!("  by places    {:7.1} km", row.way_points_km);
        if let (Some(km), Some(low), Some(high)) =
            (row.published_km, row.published_low_km, row.published_high_km)
        {
            println!("  published    {km:7.1} km, {low:.1} to {high:.1}");
        }
        if let Some(resolved) = row.resolved {
            println!("  because           {} ({})", resolved.why, resolved.claim);
        }
    }
    Ok(())
}
