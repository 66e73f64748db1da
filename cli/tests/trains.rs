//! `corridor run`, `load`, `capacity`, `graph` and `transit` as a user types them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folder;

use folder::{Folder, err, out};
use serde_json::Value;

const SEGMENT: [&str; 2] = ["--segment", "turgundi-herat"];

fn asked(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = folder.run(&[arguments, &SEGMENT].concat());
    (output.status.code(), out(&output), err(&output))
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let (code, text, words) = asked(folder, &[arguments, &["--json"]].concat());
    assert_eq!(code, Some(0), "{words}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn trains_run_and_carry_what_their_tables_say() {
    let folder = Folder::new("trains");
    let told = json(&folder, &["capacity", "--gradient", "18"]);
    let service = &told["services"][0];
    // 3,150 t on 18 permille of jointed rails, and about as much here: 33 wagons of 94 t.
    assert_eq!(service["wagons"], 33);
    assert_eq!(service["there"]["net_t"], 2310.0);
    let pairs = service["capacity"]["pairs_per_day"].as_f64().unwrap();
    let mt = service["figures"]["both_mt_per_year"].as_f64().unwrap();
    assert!((mt - pairs.floor() * 365.0 * 2.0 * 2310.0 / 1e6).abs() < 1e-9);

    let empty_back = json(&folder, &["run", "--gradient", "18", "--load-back", "0"]);
    let back = &empty_back["services"][0]["back"];
    assert_eq!(back["net_t"], 0.0);
    let burnt = |service: &Value| service["back"]["fuel_litres"].as_f64().unwrap();
    assert!(burnt(&empty_back["services"][0]) < 0.7 * burnt(service));

    let osrd = &["run", "--gradient", "18", "--osrd", "train.json"];
    assert_eq!(asked(&folder, osrd).0, Some(0));
    let train: Value = serde_json::from_str(&folder.read("train.json")).unwrap();
    assert_eq!(train["mass"], 3_390_000.0); // 288 t and 33 wagons of 94 t
    assert_eq!(asked(&folder, osrd).0, Some(1), "nothing is overwritten");
    let (code, _, words) = asked(&folder, &["run", "--gradient", "18", "--osrd", "folder"]);
    assert!(code == Some(2) && words.contains("add --designed"), "{words}");

    let (code, text, words) = asked(&folder, &["run", "--gradient", "18", "--allowance", "6"]);
    assert!(code == Some(0) && text.contains("What more time saves"), "{words}");

    let loads = json(&folder, &["load", "--gradient", "18", "--jointed"]);
    let rows = loads["loads"].as_array().unwrap();
    let nine =
        rows.iter().find(|row| row["ruling_permille"] == 9.0 && row["locomotives"] == "2te25km");
    assert_eq!(nine.unwrap()["load_t"], 6250.0); // 6,278 t, in steps of 50
    assert!(loads["momentum"].is_null());
    let loads = json(&folder, &["load", "--gradient", "18", "--jointed", "--momentum"]);
    for way in ["there", "back"] {
        let way = &loads["momentum"][0][way];
        let number = |key: &str| way[key].as_f64().unwrap();
        assert!(number("wagons") >= number("ruling_wagons"), "{way}");
        // Never slower than 23.6 km/h where locomotives do not keep that up.
        assert!(way["slowest_kmh"].as_f64().is_none_or(|kmh| kmh >= 23.6), "{way}");
        assert!(number("decides_m") > 0.0 && number("decides_m") < 3e5, "{way}");
    }
    let section = &loads["sections"][0]["sections"][0];
    assert!(section["ruling_permille"][0].as_f64().unwrap() <= 18.2);
}

#[test]
fn stations_limit_the_speed_where_a_study_says_so() {
    let folder = Folder::new("trains-speeds");
    let study = include_str!("../../data/studies/turgundi-spin-boldak.toml");
    let speed =
        "\n[[speed]]\nplace = \"station\"\nspeed_kmh = 40\nsource = \"turnouts of 1 in 9\"\n";
    std::fs::write(folder.0.join("slow.toml"), format!("{study}{speed}")).unwrap();
    let slow = json(&folder, &["run", "slow.toml", "--gradient", "18"]);
    let free = json(&folder, &["run", "--gradient", "18"]);
    assert!(free["limit_costs"].as_array().unwrap().is_empty());
    let costs = slow["limit_costs"].as_array().unwrap();
    let stations = slow["services"][0]["stations"].as_array().unwrap();
    assert_eq!(costs.len(), stations.len());
    assert!(costs.iter().all(|cost| cost["limit"]["reason"] == "station"));
    // The loop's 1,050 m and the train's own 500 m at 40 km/h instead of 80 are 1.2 min; braking
    // and gaining speed come besides, none of it where a climb is slower anyway.
    let most = costs.iter().map(|cost| cost["cost_min"].as_f64().unwrap()).fold(0.0, f64::max);
    assert!(most > 1.0 && most < 4.0, "{most}");
    let taken_s = |told: &Value| told["services"][0]["there"]["running_s"].as_f64().unwrap();
    assert!(taken_s(&slow) > taken_s(&free) + 60.0 * most);
}

#[test]
fn what_osrd_gets_fits_together() {
    let folder = Folder::new("trains-osrd");
    let asked_for = &["run", "--designed", "--rounds", "1", "--load-back", "0", "--osrd", "osrd"];
    let (code, _, words) = asked(&folder, asked_for);
    assert_eq!(code, Some(0), "{words}");
    let read = |name: &str| -> Value {
        serde_json::from_str(&folder.read(&format!("osrd/turgundi-herat.{name}.json"))).unwrap()
    };
    let (infra, schedules) = (read("infra"), read("schedules"));
    let [there, back] = ["there", "back"].map(|way| read(&format!("train-{way}")));
    assert!(there["mass"].as_f64().unwrap() > 2.0 * back["mass"].as_f64().unwrap());
    let track = &infra["track_sections"][0];
    let points = infra["operational_points"].as_array().unwrap();
    assert!(points.len() > 3 && points[0]["extensions"]["identifier"]["name"] == "Turgundi");
    let positions: Vec<f64> =
        points.iter().map(|point| point["parts"][0]["position"].as_f64().unwrap()).collect();
    for (schedule, train) in schedules.as_array().unwrap().iter().zip([&there, &back]) {
        assert_eq!(schedule["rolling_stock_name"], train["name"]);
        let path = schedule["path"].as_array().unwrap();
        let mut offsets: Vec<f64> = Vec::new();
        for item in path {
            assert_eq!(item["location"]["track"], track["id"]);
            offsets.push(item["location"]["offset"].as_u64().unwrap() as f64 / 1e3);
        }
        if train["name"] == back["name"] {
            offsets.reverse();
        }
        assert_eq!(offsets.len(), positions.len());
        assert!(offsets.iter().zip(&positions).all(|(a, b)| a <= b && b - a < 1e-3));
        assert_eq!(schedule["schedule"][0]["at"], path[path.len() - 1]["id"]);
    }
    // The speed of the line holds from end to end.
    let whole = infra["speed_sections"].as_array().unwrap().iter().find(|section| {
        let range = &section["track_ranges"][0];
        range["begin"] == 0.0 && range["end"] == track["length"]
    });
    assert!((whole.unwrap()["speed_limit"].as_f64().unwrap() - 80.0 / 3.6).abs() < 1e-9);
}

#[test]
fn a_ruling_gradient_means_one_line_of_a_table() {
    let folder = Folder::new("trains-sweep");
    let told = json(&folder, &["run", "--sweep", "12,18"]);
    let rows = told["tables"][0]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    let wagons = |place: usize| told["services"][place]["service"]["wagons"].as_u64().unwrap();
    assert!(wagons(0) > wagons(1));
}

#[test]
fn a_day_of_trains_is_drawn() {
    let folder = Folder::new("trains-graph");
    let (code, _, words) = asked(&folder, &["graph", "--pairs", "6", "--output", "day.html"]);
    assert_eq!(code, Some(0), "{words}");
    let html = folder.read("day.html");
    assert!(html.contains("<svg class=\"operation train-graph\""), "the graph is there");
    let told = json(&folder, &["graph", "--pairs", "6"]);
    let runs = told["graph"]["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 36); // 12 trains on each of three days
    assert!(runs.iter().all(|run| run["delay_s"].is_u64()), "all arrive");

    let (code, text, _) = asked(&folder, &["graph", "--pairs", "30", "--tries", "1"]);
    assert!(code == Some(0) && text.contains("delays grow from day to day"), "{text}");
}

#[test]
fn passenger_trains_go_first_on_a_day_of_several_kinds() {
    let folder = Folder::new("trains-mixed");
    let with = |weight: &str| format!("te33a-passenger:16=2{weight}");
    let told = |weight: &str| {
        let arguments = ["graph", "--gradient", "18", "--pairs", "8", "--with", &with(weight)];
        json(&folder, &arguments)
    };
    let late_min = |told: &Value, train: &str| -> Vec<f64> {
        let rows = told["tables"][0]["rows"].as_array().unwrap().iter();
        let cells = rows.map(|row| row.as_array().unwrap());
        let cell = |cell: &Value| cell["text"].as_str().unwrap().to_owned();
        cells
            .filter(|row| cell(&row[0]).contains(train))
            .map(|row| cell(&row[6]).parse().unwrap())
            .collect()
    };
    let (first, equal) = (told(""), told("x1"));
    assert_eq!(first["others"][0]["delay_weight"], 3);
    assert_eq!(first["graph"]["runs"].as_array().unwrap().len(), 60); // 20 on each of three days
    assert!(first["graph"]["runs"].as_array().unwrap().iter().all(|run| run["delay_s"].is_u64()));
    for (first, equal) in
        late_min(&first, "passenger").into_iter().zip(late_min(&equal, "passenger"))
    {
        assert!(first < 0.5 * equal, "{first} {equal}");
    }
    assert_eq!(late_min(&first, "gondolas").len(), 2);

    for (with, code, words) in [
        ("2te25km-gondola=1", 2, "2TE25KM + 33 gondolas; give all their pairs at once"),
        ("te33a-passengr=1", 1, "did you mean \"te33a-passenger\"?"),
        ("te33a-passenger:16", 2, "such as te33a-passenger:16=2"),
        ("te33a-passenger:16=2x0", 1, "1 counts as much as any other"),
    ] {
        let arguments = ["graph", "--gradient", "18", "--with", with];
        let (told, _, error) = asked(&folder, &arguments);
        assert!(told == Some(code) && error.contains(words), "{with}: {error}");
    }
    let arguments = ["graph", "--gradient", "18", "--with", "te33a-passenger:60=1"];
    let (code, text, _) = asked(&folder, &arguments);
    assert!(code == Some(3) && text.contains("Trains that stall"), "{text}");
}

#[test]
fn loops_for_more_trains_are_placed_or_refused() {
    let folder = Folder::new("trains-loops");
    let (code, text, words) = asked(&folder, &["capacity", "--pairs", "30"]);
    assert!(code == Some(0) && text.contains("Loops for 30 pairs a day"), "{words}");
    let (code, _, words) = asked(&folder, &["capacity", "--pairs", "500"]);
    assert!(code == Some(1) && words.contains("pairs at most"), "{words}");
}

#[test]
fn a_train_that_stalls_is_a_finding_with_its_place() {
    let folder = Folder::new("trains-stall");
    let (code, text, words) = asked(&folder, &["run", "--gradient", "18", "--wagons", "60"]);
    assert_eq!(code, Some(3), "{words}");
    assert!(text.contains("Trains that stall") && text.contains("1,065"), "{text}");
}

#[test]
fn what_cannot_be_is_refused() {
    let folder = Folder::new("trains-bad");
    for (arguments, expected, told) in [
        (&["run", "--train", "te33-gondola"][..], 1, "did you mean \"te33a-gondola\"?"),
        (&["run", "--load-back", "2"], 1, "0 is empty, 1 is full"),
        (&["run", "--locomotives", "0"], 1, "give the train a locomotive"),
        (&["run", "--speed", "nan"], 1, "metres a second above 0"),
        (&["run", "--wagons", "100000"], 1, "mass_kg"),
        (&["run", "--alternatives"], 2, "leave out --alternatives"),
        (&["capacity", "--closed", "1440"], 2, "less than 1,440"),
        (&["graph", "--maintenance", "12:00-10:00"], 2, "such as 10:00-12:00"),
        (&["graph", "--sweep", "9,12"], 2, "leave out --sweep"),
        (&["run", "--stock", "none.toml"], 1, "none.toml"),
    ] {
        let (code, text, words) = asked(&folder, arguments);
        assert_eq!(code, Some(expected), "{arguments:?}: {words}");
        assert!(words.contains(told) && text.is_empty(), "{arguments:?}: {words}");
    }
}

#[test]
fn a_way_over_several_railways_takes_its_parts_together() {
    let folder = Folder::new("transit");
    let text = include_str!("../../examples/over_the_borders.toml");
    std::fs::write(folder.0.join("way.toml"), text).unwrap();
    let told = folder.run(&["transit", "way.toml", "--json"]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    let told: Value = serde_json::from_str(&out(&told)).unwrap();
    let number = |value: &Value| value.as_f64().unwrap();
    let parts: Vec<f64> = told["time"]["parts_h"].as_array().unwrap().iter().map(number).collect();
    // Means of triangles, and of a crane's work: 66 moves by two cranes at 12 an hour, 4 h besides,
    // and the wait of one place that is taken for 16.5 of 24 h.
    let busy = 16.5 / 24.0;
    let wait_h = (1.0 + 0.09) / 2.0 * busy / (1.0 - busy) * 2.75;
    for (mean_h, by_hand_h) in
        parts.iter().zip([16.0, 46.0 / 3.0, 2.75 + 4.0 + wait_h, 142.0 / 3.0])
    {
        assert!((mean_h - by_hand_h).abs() < 0.02 * by_hand_h, "{mean_h} {by_hand_h}");
    }
    let total = &told["time"]["total_h"];
    assert!((number(&total["mean"]) - parts.iter().sum::<f64>()).abs() < 1e-6);
    assert!(number(&total["p10"]) < number(&total["p50"]));
    assert!(number(&total["p50"]) < number(&total["p90"]));
    let page = folder.run(&["transit", "way.toml", "--output", "way.html"]);
    assert_eq!(page.status.code(), Some(0), "{}", err(&page));
    assert!(folder.read("way.html").contains("Spin Boldak, 1520 to 1676 mm"));
    for (from, to, words) in [
        ("trains_per_day = 6.0", "trains_per_day = 60.0", "7 places would do"),
        ("low = 30.0", "low = -30.0", "low of the distribution = -30 is outside 0"),
        ("mode = 40.0", "mode = 90.0", "mode of the distribution = 90 is outside 30 to 72"),
        ("moves_count", "moves_cuont", "moves_cuont"),
        ("format = 1", "format = 2", "this version reads format = 1"),
        ("kind = \"break\"", "kind = \"brake\"", "break"),
        ("Serhetabat-Karachi", "", "from where to where"),
    ] {
        assert!(text.contains(from));
        std::fs::write(folder.0.join("bad.toml"), text.replacen(from, to, 1)).unwrap();
        let told = folder.run(&["transit", "bad.toml"]);
        assert_eq!(told.status.code(), Some(1), "{to}: {}", err(&told));
        assert!(err(&told).contains(words), "{to}: {}", err(&told));
    }
    // A leg over the study's own line: the run comes below what is drawn.
    let leg = "duration_h = { kind = \"triangular\", low = 13.5, mode = 14.5, high = 18.0 }";
    assert!(text.contains(leg));
    let own = "duration_h = { kind = \"fixed\", value = 1.0 }\nrun = { line = \"turgundi-herat\" }";
    std::fs::write(folder.0.join("own.toml"), text.replace(leg, own)).unwrap();
    let asked_for = ["transit", "own.toml", "--gradient", "18", "--json"];
    let (told, run) = (json(&folder, &asked_for[..4]), json(&folder, &["run", "--gradient", "18"]));
    let run_h = number(&run["services"][0]["there"]["running_s"]) / 3600.0;
    assert!((number(&told["time"]["parts_h"][1]) - 1.0 - run_h).abs() < 1e-9);
    std::fs::write(
        folder.0.join("bad.toml"),
        text.replace(leg, own).replace("-herat\"", "-hera\""),
    )
    .unwrap();
    let (code, _, words) = asked(&folder, &["transit", "bad.toml"]);
    assert!(code == Some(1) && words.contains("turgundi-hera"), "{words}");
    let few = folder.run(&["transit", "way.toml", "--draws", "10"]);
    assert!(err(&few).contains("100 to 1000000"), "{}", err(&few));
}
