//! What every Rust worker shares: the grid that `driver.py` wrote, and the line that it reads.

use std::path::Path;

use cpu_time::ThreadTime;
use serde_json::{Value, json};

/// Frictions of cells, row by row, and the places to join.
pub struct Grid {
    pub rows: usize,
    pub cols: usize,
    pub dx_m: f64,
    pub dy_m: f64,
    pub places: Vec<(usize, usize)>,
    pub friction_ratio: Vec<f32>,
}

impl Grid {
    /// Reads `grid.json` and `friction.f32` of a folder.
    pub fn read(folder: &str) -> Self {
        let text = std::fs::read_to_string(Path::new(folder).join("grid.json")).unwrap();
        let grid: Value = serde_json::from_str(&text).unwrap();
        let whole = |value: &Value| value.as_u64().unwrap() as usize;
        let place = |value: &Value| (whole(&value[0]), whole(&value[1]));
        let bytes = std::fs::read(Path::new(folder).join("friction.f32")).unwrap();
        let (floats, _) = bytes.as_chunks::<4>();
        Self {
            rows: whole(&grid["rows"]),
            cols: whole(&grid["cols"]),
            dx_m: grid["dx_m"].as_f64().unwrap(),
            dy_m: grid["dy_m"].as_f64().unwrap(),
            places: grid["places"].as_array().unwrap().iter().map(place).collect(),
            friction_ratio: floats.iter().map(|four| f32::from_le_bytes(*four)).collect(),
        }
    }

    /// Pairs of places: the first and the last for a whole surface, else one after another.
    pub fn legs(&self) -> Vec<((usize, usize), (usize, usize))> {
        self.places.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// Neighbours of a cell with the cost of the edge to each, metres of level line.
    pub fn edges(&self, cell: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let (row, col) = (cell / self.cols, cell % self.cols);
        (0..9).filter(|number| *number != 4).filter_map(move |number| {
            let to_row = (row + number / 3).checked_sub(1).filter(|row| *row < self.rows)?;
            let to_col = (col + number % 3).checked_sub(1).filter(|col| *col < self.cols)?;
            let rise_m = if number / 3 == 1 { 0.0 } else { self.dy_m };
            let width_m = if number % 3 == 1 { 0.0 } else { self.dx_m };
            let to = to_row * self.cols + to_col;
            let mean = 0.5 * (f64::from(self.friction_ratio[cell]) + f64::from(self.friction_ratio[to]));
            Some((to, mean * rise_m.hypot(width_m)))
        })
    }
}

/// What one run found.
pub struct Answer {
    /// Cost of the last place, or of all legs.
    pub cost_m: f64,
    /// Mean over all cells, for a whole surface.
    pub mean_m: Option<f64>,
    /// Cells or states that were settled, where a tool tells.
    pub settled_count: Option<usize>,
}

impl Answer {
    /// Only what the ways cost.
    pub fn of_cost(cost_m: f64) -> Self {
        Self { cost_m, mean_m: None, settled_count: None }
    }
}

/// Runs once to warm up and then as often as asked; what each took, and what the last gave.
///
/// Times are those of the processor, since other jobs may run beside; what `check` takes out of a
/// result is not timed.
pub fn timed<T, A>(
    repeats: usize,
    mut run: impl FnMut() -> T,
    check: impl Fn(&T) -> A,
) -> (Vec<f64>, A) {
    let mut seconds = Vec::new();
    let mut answer = None;
    for round in 0..=repeats {
        let start = ThreadTime::now();
        let result = run();
        let spent = start.elapsed().as_secs_f64();
        if round > 0 || repeats == 0 {
            seconds.push(spent);
        }
        answer = Some(check(&result));
    }
    (seconds, answer.unwrap())
}

/// As [`timed`]; prints one line of JSON.
pub fn report<T>(
    repeats: usize,
    build_s: f64,
    run: impl FnMut() -> T,
    check: impl Fn(&T) -> Answer,
) {
    let (seconds, answer) = timed(repeats, run, check);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak_kb: Option<f64> = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().trim_end_matches(" kB").parse().ok());
    let line = json!({
        "build_s": build_s,
        "runs_s": seconds,
        "cost_m": answer.cost_m,
        "mean_m": answer.mean_m,
        "settled_count": answer.settled_count,
        "peak_mb": peak_kb.map(|kb| kb / 1024.0),
    });
    println!("{line}");
}

/// Folder, work and repeats from the command line.
pub fn arguments() -> (Grid, String, usize) {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, work, repeats] = words.as_slice() else { panic!("FOLDER WORK REPEATS") };
    (Grid::read(folder), work.clone(), repeats.parse().unwrap())
}
