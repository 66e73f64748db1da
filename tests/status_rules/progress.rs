//! Rules about percentages, surveys and durations.

use crate::study_text::{about, length};
use crate::{Case, case};

pub fn cases() -> Vec<Case> {
    [percentages(), surveys(), durations()].into_iter().flatten().collect()
}

fn percent(id: &str, value: &str, keys: &str) -> String {
    about(id, "construction_progress_percent", value, keys)
}

fn percentages() -> Vec<Case> {
    let two = |first: (&str, &str), second: (&str, &str)| {
        percent("x", first.0, &format!("of = \"track\"; {}", first.1))
            + &percent("y", second.0, &format!("of = \"track\"; {}", second.1))
    };
    let of = |whole: &str| {
        percent("x", "35", "of = \"lot 1\"")
            + &percent("y", "60", &format!("of = \"{whole}\"; dated = 2025-06-20"))
    };
    let (early, soon, late) = ("dated = 2025-06-01", "dated = 2025-06-20", "dated = 2025-12-01");
    vec![
        case(
            "percentage-without-whole",
            &["x"],
            percent("x", "35", ""),
            percent("x", "35", "of = \"track\""),
        ),
        case(
            "progress-went-back",
            &["x:y"],
            two(("60", early), ("50", late)),
            two(("50", early), ("60", late)),
        ),
        // What has no date has no place in the order, and of one day none is the later.
        case(
            "progress-went-back",
            &["x:y"],
            two(("60", early), ("58", soon)),
            two(("60", "undated"), ("50", late)),
        ),
        case(
            "progress-went-back",
            &["x:y"],
            two(("60", early), ("59", soon)),
            two(("60", early), ("59", early)),
        ),
        case(
            "progress-disagrees",
            &["x:y"],
            two(("35", early), ("40", soon)),
            two(("35", early), ("37", soon)),
        ),
        case(
            "progress-disagrees",
            &["x:y"],
            two(("35", early), ("60", soon)),
            two(("35", early), ("60", late)),
        ),
        // Shares of two things are not compared.
        case("progress-disagrees", &["x:y"], of("lot 1"), of("lot 2")),
    ]
}

fn surveys() -> Vec<Case> {
    let says = |id: &str, words: &str, dated: &str| {
        about(id, "status", &format!("\"{words}\""), &format!("dated = {dated}"))
    };
    let two =
        |done: &str, begun: &str| says("x", done, "2024-05-06") + &says("y", begun, "2024-09-01");
    vec![
        case(
            "survey-done-and-begun",
            &["x:y"],
            two("Initial survey complete", "Survey work commences"),
            says("x", "survey complete", "2025-05-06") + &says("y", "survey begun", "2024-01-01"),
        ),
        // One statement may speak of the survey's end and of what began after it.
        case(
            "survey-done-and-begun",
            &["x:y"],
            two("survey finished", "survey started"),
            says("x", "survey finished, design started", "2024-05-06"),
        ),
        case(
            "survey-done-and-begun",
            &["x:y"],
            two("survey completed", "survey begun"),
            two("survey incomplete", "survey begun"),
        ),
    ]
}

fn durations() -> Vec<Case> {
    let months = |works: &str, design: &str| {
        about("x", "duration_construction_months", works, "")
            + &about("y", "duration_design_months", design, "")
    };
    // The fastest line of the reference class, Zhezkazgan-Beyneu, was built at 38 km a month.
    let pace = |works: &str| length("l", "100", "") + &months(works, "6");
    vec![
        case("duration-of-what", &["x"], months("8", "8"), months("24", "8")),
        case("pace-unlikely", &["x"], pace("2.6"), pace("2.7")),
    ]
}
