//! A window out of terrain files, within a stated memory.
//!
//! `cargo run --release --example terrain_window -- WEST SOUTH EAST NORTH STEP_ARCSEC MEGABYTES FILE...`
//! reads the heights within the bounds at the step (0: as fine as the files are) from GeoTIFF and
//! SRTM files or folders, the first named counting where they overlap.

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::time::Instant;

use railcorridor::geodesy::LonLat;
use railcorridor::terrain::{Bounds, Mosaic};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (numbers, files) = arguments.split_at_checked(6).ok_or("six numbers, then files")?;
    let numbers: Vec<f64> = numbers.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
    let &[west, south, east, north, step_arcsec, megabytes] = numbers.as_slice() else {
        return Err("six numbers, then files".into());
    };
    let bounds = Bounds::new(LonLat::new(west, south)?, LonLat::new(east, north)?)?;
    let started = Instant::now();
    let mosaic = Mosaic::open(files)?;
    println!("{} files, finest step {:.2}\"", mosaic.files(), mosaic.finest_step_deg() * 3600.0);
    let step_deg = (step_arcsec > 0.0).then_some(step_arcsec / 3600.0);
    let grid = mosaic.window(bounds, step_deg, (megabytes * 1e6) as u64)?;
    let known = grid.heights_m().iter().filter(|height_m| !height_m.is_nan()).count();
    println!(
        "{} x {} nodes, {:.1} % known, {:.2} s",
        grid.rows(),
        grid.cols(),
        100.0 * known as f64 / grid.heights_m().len() as f64,
        started.elapsed().as_secs_f64()
    );
    // What the system says of this process, where it says it (Linux).
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("peak memory{}", peak.trim_start_matches("VmHWM"));
    }
    Ok(())
}
