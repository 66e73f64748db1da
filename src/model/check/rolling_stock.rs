//! The rules of a file of rolling stock: numbers that a railway knows, names that are there.

use std::collections::BTreeSet;

use super::{ids, values};
use crate::model::problem::{Problem, shown};
use crate::model::{
    FORMAT, Locomotive, ResistanceLaw, RollingStock, ShoeBrake, Sourced, TrainSet, nearest,
};

const WHAT: &str = "rolling stock";

/// All problems of a file of rolling stock.
pub(in crate::model) fn problems(
    stock: &RollingStock,
    lost_ids: &BTreeSet<String>,
) -> Vec<Problem> {
    let mut check = Check { stock, lost_ids, problems: Vec::new() };
    if stock.format != FORMAT {
        let message = format!("format = {} is not known", stock.format);
        check.add("format", message, &format!("this version reads format = {FORMAT}"));
    }
    if stock.name.en.trim().is_empty() {
        check.add("name", "name is empty".to_owned(), "say what runs here");
    }
    check.range("gauge_mm", f64::from(stock.gauge_mm), (300.0, 3000.0), "1520, 1435, 1676, ...");
    check.sourced("rotating_mass_ratio", &stock.rotating_mass_ratio, (1.0, 2.0), "about 1.06");
    check.own_id();
    check.laws();
    for (place, locomotive) in stock.locomotives.iter().enumerate() {
        check.locomotive(&format!("locomotive[{place}]"), locomotive);
    }
    for (place, wagon) in stock.wagons.iter().enumerate() {
        let at = format!("wagon[{place}]");
        check.range(&format!("{at}.axles"), f64::from(wagon.axles), (2.0, 32.0), "mostly 4");
        check.sourced(&format!("{at}.tare_t"), &wagon.tare_t, (1.0, 500.0), "give tonnes");
        check.sourced(&format!("{at}.payload_t"), &wagon.payload_t, (0.0, 1000.0), "give tonnes");
        check.sourced(&format!("{at}.length_m"), &wagon.length_m, (2.0, 100.0), "give metres");
        let Some(own) = &wagon.resistance else { continue };
        check.resistance_law(&format!("{at}.resistance.jointed"), &own.jointed);
        check.resistance_law(&format!("{at}.resistance.welded"), &own.welded);
    }
    for (place, train) in stock.trains.iter().enumerate() {
        check.train(&format!("train[{place}]"), train);
    }
    let Check { mut problems, .. } = check;
    values::check(&mut problems, stock, WHAT);
    problems
}

struct Check<'a> {
    stock: &'a RollingStock,
    lost_ids: &'a BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, path: &str, message: String, hint: &str) {
        self.problems.push(Problem::new(path, WHAT, message, hint));
    }

    fn range(&mut self, path: &str, value: f64, (low, high): (f64, f64), hint: &str) {
        if value.is_finite() && !(low..=high).contains(&value) {
            let key = path.rsplit('.').next().unwrap_or(path);
            self.add(path, format!("{key} = {value} is outside {low} to {high}"), hint);
        }
    }

    fn sourced(&mut self, path: &str, value: &Sourced, range: (f64, f64), hint: &str) {
        if value.source.trim().is_empty() {
            let hint = "say where the value stands, or why it is assumed";
            self.add(path, "source is empty".to_owned(), hint);
        }
        self.range(path, value.value, range, hint);
    }

    fn own_id(&mut self) {
        let before = self.problems.len();
        let id = std::iter::once((WHAT, 0, self.stock.id.as_str()));
        ids::shape_and_unique(&mut self.problems, id);
        for problem in self.problems.iter_mut().skip(before) {
            problem.path = "id".to_owned();
        }
        let stock = self.stock;
        let lists: [(&'static str, Vec<&str>); 5] = [
            ("adhesion", stock.adhesions.iter().map(|one| one.id.as_str()).collect()),
            ("brake", stock.brakes.iter().map(|one| one.id.as_str()).collect()),
            ("locomotive", stock.locomotives.iter().map(|one| one.id.as_str()).collect()),
            ("wagon", stock.wagons.iter().map(|one| one.id.as_str()).collect()),
            ("train", stock.trains.iter().map(|one| one.id.as_str()).collect()),
        ];
        for (kind, list) in lists {
            let ids = list.into_iter().enumerate().map(|(place, id)| (kind, place, id));
            ids::shape_and_unique(&mut self.problems, ids);
        }
    }

    fn laws(&mut self) {
        let resistance = &self.stock.resistance;
        for (key, value, range, hint) in [
            ("empty_axle_t", &resistance.empty_axle_t, (0.0, 50.0), "6 t on 1520 mm"),
            ("start_t", &resistance.start_t, (0.0, 1000.0), "28 on 1520 mm"),
            ("start_offset_t", &resistance.start_offset_t, (0.1, 1000.0), "7 on 1520 mm"),
        ] {
            self.sourced(&format!("resistance.{key}"), value, range, hint);
        }
        for (track, laws) in [("jointed", &resistance.jointed), ("welded", &resistance.welded)] {
            for (key, law) in [
                ("loaded", &laws.loaded),
                ("empty", &laws.empty),
                ("power", &laws.power),
                ("coasting", &laws.coasting),
            ] {
                self.resistance_law(&format!("resistance.{track}.{key}"), law);
            }
        }
        if let Some(tunnel) = &resistance.tunnel {
            let hint = "N/kN for a metre of tunnel, such as 0.00013";
            self.range("resistance.tunnel.n_per_kn_per_m", tunnel.n_per_kn_per_m, (0.0, 0.1), hint);
            if tunnel.source.trim().is_empty() {
                let message = "source is empty".to_owned();
                self.add("resistance.tunnel", message, "say where the law stands");
            }
        }
        for (place, law) in self.stock.adhesions.iter().enumerate() {
            let at = format!("adhesion[{place}]");
            for (key, value, range) in [
                ("constant_ratio", law.constant_ratio, (0.0, 1.0)),
                ("over_ratio", law.over_ratio, (0.0, 1e3)),
                ("base_ratio", law.base_ratio, (1e-3, 1e4)),
                ("slope_ratio_per_kmh", law.slope_ratio_per_kmh, (0.0, 1e3)),
                ("falling_ratio_per_kmh", law.falling_ratio_per_kmh, (-0.1, 0.0)),
            ] {
                self.range(&format!("{at}.{key}"), value, range, "such as 0.118 + 5 / (27.5 + v)");
            }
            let Some(curve) = &law.curve else { continue };
            for (key, value, range) in [
                ("below_radius_m", curve.below_radius_m, (0.0, 1e4)),
                ("over_ratio", curve.over_ratio, (0.0, 1e6)),
                ("over_ratio_per_m", curve.over_ratio_per_m, (0.0, 1e6)),
                ("base_ratio", curve.base_ratio, (1e-3, 1e6)),
                ("base_ratio_per_m", curve.base_ratio_per_m, (0.0, 1e6)),
            ] {
                let hint = "such as 3.5 R / (400 + 3 R) below 800 m";
                self.range(&format!("{at}.curve.{key}"), value, range, hint);
            }
        }
        for (place, brake) in self.stock.brakes.iter().enumerate() {
            self.brake(&format!("brake[{place}]"), brake);
        }
    }

    fn resistance_law(&mut self, path: &str, law: &ResistanceLaw) {
        for value in law.own_n_per_kn.iter().chain(&law.axle_n_per_kn) {
            let hint = "coefficients of 1, v and v^2 in N/kN with v in km/h, none below 0";
            self.range(path, *value, (0.0, 100.0), hint);
        }
        if law.source.trim().is_empty() {
            self.add(path, "source is empty".to_owned(), "say where the law stands");
        }
    }

    fn brake(&mut self, path: &str, brake: &ShoeBrake) {
        for (key, value, range) in [
            ("friction_ratio", brake.friction_ratio, (0.01, 1.0)),
            ("far_kmh", brake.far_kmh, (1.0, 1e4)),
            ("slope_ratio", brake.slope_ratio, (1.0, 100.0)),
        ] {
            let hint = "such as 0.27 (v + 100) / (5 v + 100)";
            self.range(&format!("{path}.{key}"), value, range, hint);
        }
        let hint = "a share of the weight, for these shoes";
        self.sourced(&format!("{path}.theta_ratio"), &brake.theta_ratio, (0.01, 2.0), hint);
        let hint = "0.8 for freight trains";
        self.sourced(&format!("{path}.service_ratio"), &brake.service_ratio, (0.1, 1.0), hint);
    }

    fn locomotive(&mut self, at: &str, locomotive: &Locomotive) {
        self.range(&format!("{at}.axles"), f64::from(locomotive.axles), (2.0, 100.0), "4 to 24");
        for (key, value, range, hint) in [
            ("mass_t", &locomotive.mass_t, (1.0, 2000.0), "give tonnes, all sections"),
            ("length_m", &locomotive.length_m, (2.0, 300.0), "give metres"),
            ("engine_kw", &locomotive.engine_kw, (1.0, 1e5), "it has no power: give kilowatts"),
            ("wheel_ratio", &locomotive.wheel_ratio, (0.05, 1.0), "about 0.8 of a diesel"),
            ("start_kn", &locomotive.start_kn, (1.0, 1e4), "give kilonewtons"),
            (
                "continuous_kn",
                &locomotive.continuous_kn,
                (1.0, locomotive.start_kn.value.max(1.0)),
                "not above start_kn",
            ),
            ("continuous_kmh", &locomotive.continuous_kmh, (1.0, 400.0), "about 24"),
            ("speed_max_kmh", &locomotive.speed_max_kmh, (1.0, 600.0), "give km/h"),
            ("fuel_litres_per_kwh", &locomotive.fuel_litres_per_kwh, (0.0, 10.0), "about 0.31"),
            ("idle_litres_per_h", &locomotive.idle_litres_per_h, (0.0, 1e3), "10 to 25 a section"),
        ] {
            self.sourced(&format!("{at}.{key}"), value, range, hint);
        }
        let pairs = locomotive.effort_kmh_kn.windows(2);
        let falls = pairs.clone().all(|pair| match pair {
            [[v0, f0], [v1, f1]] => v1 > v0 && f1 <= f0,
            _ => true,
        });
        let is_positive = locomotive.effort_kmh_kn.iter().all(|[v, f]| *v >= 0.0 && *f >= 0.0);
        if !falls || !is_positive {
            let message = "effort_kmh_kn is no curve of pulls".to_owned();
            let hint = "give rising speeds with pulls that never rise, none below 0";
            self.add(&format!("{at}.effort_kmh_kn"), message, hint);
        }
        let laws: Vec<&str> = self.stock.adhesions.iter().map(|law| law.id.as_str()).collect();
        self.known(&format!("{at}.adhesion"), "law of adhesion", &locomotive.adhesion, &laws);
    }

    fn train(&mut self, at: &str, train: &TrainSet) {
        let stock = self.stock;
        let locomotives: Vec<&str> = stock.locomotives.iter().map(|one| one.id.as_str()).collect();
        let wagons: Vec<&str> = stock.wagons.iter().map(|one| one.id.as_str()).collect();
        let brakes: Vec<&str> = stock.brakes.iter().map(|one| one.id.as_str()).collect();
        for (place, group) in train.locomotives.iter().enumerate() {
            let path = format!("{at}.locomotives[{place}].id");
            self.known(&path, "locomotive", &group.id, &locomotives);
        }
        if train.locomotives.iter().all(|group| group.count == 0) {
            let hint = "locomotives = [{ id = \"te33a\", count = 1 }]";
            self.add(&format!("{at}.locomotives"), "the train has no locomotive".to_owned(), hint);
        }
        for (place, group) in train.wagons.iter().enumerate() {
            self.known(&format!("{at}.wagons[{place}].id"), "wagon", &group.id, &wagons);
            let hint = "0 is empty, 1 is full";
            let path = format!("{at}.wagons[{place}].load_ratio");
            self.range(&path, group.load_ratio, (0.0, 1.5), hint);
        }
        self.known(&format!("{at}.brake"), "brake", &train.brake, &brakes);
        let path = format!("{at}.braking_mps2");
        self.sourced(&path, &train.braking_mps2, (0.01, 3.0), "about 0.25 of a freight train");
        let path = format!("{at}.speed_max_kmh");
        self.sourced(&path, &train.speed_max_kmh, (1.0, 600.0), "give kilometres an hour");
        if let Some(weight) = &train.delay_weight {
            let path = format!("{at}.delay_weight");
            self.sourced(&path, weight, (1.0, 1e3), "1 counts as much as a freight train");
        }
    }

    fn known(&mut self, path: &str, what: &str, id: &str, known: &[&str]) {
        if known.contains(&id) || self.lost_ids.contains(id) {
            return;
        }
        let hint = match nearest(id, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are {}", known.join(", ")),
        };
        self.add(path, format!("no {what} called \"{}\"", shown(id)), &hint);
    }
}
