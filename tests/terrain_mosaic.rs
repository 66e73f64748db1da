//! Terrain out of many files: seams, voids, steps, memory, and files that must be refused.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use railcorridor::geodesy::LonLat;
use railcorridor::terrain::{Bounds, Grid, Mosaic, read_geotiff};

const MEMORY: u64 = 64 << 20;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("railcorridor-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn name(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Metres by place: a plane that whole metres hold exactly on the nodes of 3 arc-seconds.
fn plane_m(lon_deg: f64, lat_deg: f64) -> f64 {
    (1200.0 * (lon_deg - 62.0) + 2.0 * 1200.0 * (lat_deg - 34.0)).round()
}

/// Writes a tile of 3 arc-seconds on the plane; the nodes that `is_void` names are voids.
fn tile(folder: &Path, lat: i32, lon: i32, is_void: impl Fn(usize, usize) -> bool) {
    let mut bytes = Vec::with_capacity(2 * 1201 * 1201);
    for row in 0..1201 {
        for col in 0..1201 {
            let lon_deg = f64::from(lon) + col as f64 / 1200.0;
            let lat_deg = f64::from(lat + 1) - row as f64 / 1200.0;
            let height = if is_void(row, col) { -32768 } else { plane_m(lon_deg, lat_deg) as i16 };
            bytes.extend(height.to_be_bytes());
        }
    }
    std::fs::write(folder.join(format!("N{lat:02}E{lon:03}.hgt")), bytes).unwrap();
}

fn bounds(west: f64, south: f64, east: f64, north: f64) -> Bounds {
    let at = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
    Bounds::new(at(west, south), at(east, north)).unwrap()
}

/// Every node on the plane, within so many metres.
fn assert_plane(grid: &Grid, within_m: f64) {
    for row in 0..grid.rows() {
        for col in 0..grid.cols() {
            let place = grid.place(row, col);
            let exact_m = 1200.0 * (place.lon_deg - 62.0) + 2400.0 * (place.lat_deg - 34.0);
            let height_m = grid.height_m(row, col);
            let close = height_m.is_some_and(|height_m| (height_m - exact_m).abs() <= within_m);
            assert!(close, "row {row}, column {col}: {height_m:?}, not {exact_m}");
        }
    }
}

#[test]
fn four_tiles_meet_without_a_seam() {
    let folder = Folder::new("seams");
    for (lat, lon) in [(34, 62), (34, 63), (33, 62), (33, 63)] {
        tile(&folder.0, lat, lon, |_, _| false);
    }
    std::fs::write(folder.0.join("README.txt"), "no terrain").unwrap();
    let mosaic = Mosaic::open(&[folder.name()]).unwrap();
    assert_eq!(mosaic.files(), 4);
    let all = mosaic.bounds();
    assert!((all.west_deg - 62.0).abs() < 1e-9 && (all.east_deg - 64.0).abs() < 1e-9);
    assert!((all.south_deg - 33.0).abs() < 1e-9 && (all.north_deg - 35.0).abs() < 1e-9);
    // Across the corner where all four meet, on their own nodes.
    let window = mosaic.window(bounds(62.9, 33.9, 63.1, 34.1), None, MEMORY).unwrap();
    assert_eq!((window.rows(), window.cols()), (241, 241));
    assert_plane(&window, 1e-6);
    // Everything, and with so little memory that it is read in many blocks.
    let whole = mosaic.window(all, None, MEMORY).unwrap();
    assert_eq!((whole.rows(), whole.cols()), (2401, 2401));
    assert_plane(&whole, 1e-6);
    let frugal = mosaic.window(all, None, 4 * 2401 * 2401 + 1_300_000).unwrap();
    assert_eq!(frugal, whole);
    assert_eq!(railcorridor::terrain::open(&folder.name()).unwrap(), whole);
    // Coarser: means of a plane are the plane, but for the half cells at the outer edge.
    let coarse = mosaic.window(bounds(62.1, 33.1, 63.9, 34.9), Some(1.0 / 120.0), MEMORY).unwrap();
    assert!((coarse.step_lat_deg() - 1.0 / 120.0).abs() < 1e-12);
    assert_eq!((coarse.rows(), coarse.cols()), (217, 217));
    assert_plane(&coarse, 0.01);
}

#[test]
fn voids_come_from_the_next_file() {
    let fine = Folder::new("voids-fine");
    let coarse = Folder::new("voids-coarse");
    // A void within, and all of the south-east tile missing.
    let hole = |row: usize, col: usize| (300..400).contains(&row) && (500..700).contains(&col);
    tile(&fine.0, 34, 62, hole);
    // The same plane at 30 arc-seconds, one degree more all round.
    let (rows, cols) = (361_u32, 361_u32);
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
    let mut image = encoder.new_image::<tiff::encoder::colortype::Gray32Float>(cols, rows).unwrap();
    let step = 1.0 / 120.0;
    let tags = image.encoder();
    tags.write_tag(tiff::tags::Tag::ModelPixelScaleTag, &[step, step, 0.0][..]).unwrap();
    tags.write_tag(tiff::tags::Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, 61.0, 36.0, 0.0][..])
        .unwrap();
    tags.write_tag(
        tiff::tags::Tag::GeoKeyDirectoryTag,
        &[1_u16, 1, 0, 2, 1024, 0, 1, 2, 1025, 0, 1, 2][..],
    )
    .unwrap();
    let heights: Vec<f32> = (0..rows * cols)
        .map(|i| {
            let (lon, lat) = (61.0 + f64::from(i % cols) * step, 36.0 - f64::from(i / cols) * step);
            (1200.0 * (lon - 62.0) + 2400.0 * (lat - 34.0)) as f32
        })
        .collect();
    image.write_data(&heights).unwrap();
    std::fs::write(coarse.0.join("coarse.tif"), bytes.into_inner()).unwrap();

    let alone = Mosaic::open(&[fine.name()]).unwrap();
    let window = bounds(61.5, 33.5, 63.5, 35.5);
    let grid = alone.window(window, None, MEMORY).unwrap();
    assert_eq!(grid.height_m(350, 600), None);
    assert_eq!((grid.rows(), grid.cols()), (1201, 1201)); // it ends where the tile ends
    let both = Mosaic::open(&[fine.name(), coarse.name()]).unwrap();
    assert!((both.finest_step_deg() - 1.0 / 1200.0).abs() < 1e-12);
    let grid = both.window(window, None, MEMORY).unwrap();
    assert_eq!((grid.rows(), grid.cols()), (2401, 2401));
    assert_plane(&grid, 0.01);
    // The other order: the coarse file counts, also where the fine one has heights.
    let reverse = Mosaic::open(&[coarse.name(), fine.name()]).unwrap();
    assert_plane(&reverse.window(window, None, MEMORY).unwrap(), 0.01);
}

#[test]
fn what_does_not_fit_is_refused_before_it_is_read() {
    let folder = Folder::new("memory");
    tile(&folder.0, 34, 62, |_, _| false);
    let mosaic = Mosaic::open(&[folder.name()]).unwrap();
    let all = mosaic.bounds();
    let message = mosaic.window(all, None, 2 << 20).unwrap_err().to_string();
    assert!(message.contains("1201 x 1201 nodes needs") && message.contains("ask for a step of"));
    // The step that it asks for fits.
    let step = message.split("a step of ").nth(1).unwrap().split(' ').next().unwrap();
    let step: f64 = step.parse().unwrap();
    assert!(mosaic.window(all, Some(step), 2 << 20).is_ok(), "{step}");
    assert!(mosaic.window(all, None, 1000).unwrap_err().to_string().contains("more memory"));
    let elsewhere = mosaic.window(bounds(10.0, 10.0, 11.0, 11.0), None, MEMORY).unwrap_err();
    assert!(elsewhere.to_string().contains("the terrain spans 62 to 63 E, 34 to 35 N"));
    for step in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9] {
        let message = mosaic.window(all, Some(step), MEMORY).unwrap_err().to_string();
        assert!(message.contains("step_deg"), "{message}");
    }
    let one = mosaic.window(bounds(62.0001, 34.0001, 62.0002, 34.0002), None, MEMORY).unwrap_err();
    assert!(one.to_string().contains("2 x 2"), "{one}");
}

#[test]
fn files_that_are_no_terrain_are_refused() {
    let folder = Folder::new("refused");
    let open = |name: &str| Mosaic::open(&[name]).map(|_| ()).unwrap_err().to_string();
    assert!(open(&folder.name()).contains("holds no terrain"));
    let pixel = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/geotiff/bad_one_pixel.tif");
    assert!(open(pixel).contains("has 1 x 1 nodes; 2 x 2 and more"), "{}", open(pixel));
    assert!(open("no/such/file.tif").contains("cannot read no/such/file.tif"));
    assert!(open("builtin:mars").contains("no built-in terrain"));
    assert!(Mosaic::open::<&str>(&[]).unwrap_err().to_string().contains("holds no terrain"));
    std::fs::write(folder.0.join("N34E062.hgt"), [0; 100]).unwrap();
    assert!(open(&folder.name()).contains("has 100 bytes"));
}

const OVERVIEWS: &[u8] = include_bytes!("reference/overviews/overviews.tif");

#[test]
fn overviews_stand_for_the_means() {
    let folder = Folder::new("overviews");
    let path = folder.0.join("overviews.tif");
    std::fs::write(&path, OVERVIEWS).unwrap();
    let mosaic = Mosaic::open(&[path.display().to_string()]).unwrap();
    // Heights 100 r + c on steps of 0.25 and 0.125 degrees; every fourth, from the overview.
    let whole = read_geotiff(OVERVIEWS, "overviews").unwrap();
    assert_eq!((whole.rows(), whole.cols(), whole.height_m(5, 9)), (48, 64, Some(509.0)));
    for ratio in [2.0, 4.0, 8.0] {
        let grid = mosaic.window(mosaic.bounds(), Some(0.125 * ratio), MEMORY).unwrap();
        for row in 1..grid.rows() - 1 {
            for col in 1..grid.cols() - 1 {
                let expected = ratio * (100.0 * row as f64 + col as f64);
                let height_m = grid.height_m(row, col).unwrap();
                assert!((height_m - expected).abs() < 1e-3, "{ratio}: {height_m} {expected}");
            }
        }
    }
}
