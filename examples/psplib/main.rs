//! Levels every instance of a folder of PSPLIB files, and holds the finishes against those known.
//!
//! `cargo run --release --example psplib -- FOLDER SCHEDULES [BEST.csv]`
//!
//! The folder holds `.sm` or `.rcp` files, such as the sets j30, j60, j90 and j120 of R. Kolisch and
//! A. Sprecher (European Journal of Operational Research 96, 1997, 205-216). `BEST.csv` has a line
//! `name,days` for each instance, name without suffix. The files are not part of this project.

mod instance;

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use instance::Instance;
use railcorridor::schedule::{LevellingOptions, last_finish};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, schedules, rest @ ..] = arguments.as_slice() else {
        return Err("say which folder, how many schedules, and where the best known are".into());
    };
    let options = LevellingOptions { schedules: schedules.parse()?, ..LevellingOptions::default() };
    let best = rest.first().map(|file| best_known(Path::new(file))).transpose()?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let begun = Instant::now();
    let mut score = Score::default();
    println!("instance days least critical-path best-known schedules");
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let instance = match file.extension().and_then(|suffix| suffix.to_str()) {
            Some("sm") => Instance::from_sm(&text),
            Some("rcp") => Instance::from_rcp(&text),
            _ => continue,
        };
        let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let Instance { network, plan } =
            instance.ok_or_else(|| format!("{name} cannot be read"))?;
        let compiled = network.compile()?;
        let dates = compiled.dates()?;
        let levelled = compiled.level(&plan, &options)?;
        let start = levelled.horizon().morning(network.start);
        let days = last_finish(levelled.spans()) - start;
        let path_days = last_finish(dates.early()) - start;
        let least_days = levelled.horizon().morning(levelled.least_finish()) + 1 - start;
        let known = best.as_ref().and_then(|best| best.get(name)).copied();
        println!(
            "{name} {days} {least_days} {path_days} {} {}",
            known.map_or("-".to_owned(), |days| days.to_string()),
            levelled.schedules(),
        );
        score.add(days, path_days, levelled.gap_ratio(), known);
    }
    score.print(begun.elapsed().as_secs_f64());
    Ok(())
}

/// Sums over a set.
#[derive(Default)]
struct Score {
    count: f64,
    above_path: f64,
    gap: f64,
    proven: u32,
    known: f64,
    above_known: f64,
    reached: u32,
}

impl Score {
    fn add(&mut self, days: i32, path_days: i32, gap_ratio: f64, known: Option<i32>) {
        let above = |least: i32| f64::from(days) / f64::from(least.max(1)) - 1.0;
        self.count += 1.0;
        self.above_path += above(path_days);
        self.gap += gap_ratio;
        self.proven += u32::from(gap_ratio == 0.0);
        if let Some(known) = known {
            self.known += 1.0;
            self.above_known += above(known);
            self.reached += u32::from(days <= known);
        }
    }

    fn print(&self, seconds: f64) {
        let percent = |sum: f64, count: f64| 100.0 * sum / count.max(1.0);
        println!("{} instances in {seconds:.1} s", self.count);
        println!("{:.2} % above the critical path", percent(self.above_path, self.count));
        println!(
            "{:.2} % above the least finish that is known here; {} proven best",
            percent(self.gap, self.count),
            self.proven
        );
        if self.known > 0.0 {
            println!(
                "{:.2} % above the best known, which {} of {} reach",
                percent(self.above_known, self.known),
                self.reached,
                self.known
            );
        }
    }
}

/// Lines of name and days; others, such as a title, are passed over.
fn best_known(file: &Path) -> Result<HashMap<String, i32>, Failure> {
    let text = std::fs::read_to_string(file)?;
    let pair = |line: &str| {
        let (name, days) = line.split_once(',')?;
        let name = name.trim().trim_end_matches(".sm").trim_end_matches(".rcp");
        Some((name.to_owned(), days.trim().parse().ok()?))
    };
    Ok(text.lines().filter_map(pair).collect())
}
