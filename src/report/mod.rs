//! Tables, texts and pictures: what a reader gets to see of a study.
//!
//! A [`Report`] joins a study with its [`Status`] on a day, and is written
//! as one self-contained page, as Markdown, as text for a terminal, or as JSON.

mod alternatives;
mod claims;
mod columns;
mod design;
mod earned_value;
mod escape;
mod hazards;
mod json;
mod key_figures;
mod lengths;
mod lettering;
mod line;
mod map;
mod operation;
mod pace;
mod page;
mod parameters;
mod picture;
mod places;
mod png;
mod progress;
mod relief;
mod route_figures;
mod route_json;
mod routes;
mod schedule;
mod sources;
mod stages;
mod summary;
mod svg;
mod table;
mod timeline;
mod words;
mod write;

use crate::finding::Finding;
use crate::geometry::Line;
use crate::model::{Date, Study};
use crate::route::{AlternativeOptions, LegAlternatives, LegSensitivity, SegmentRoute};
use crate::status::{Change, Status};
use crate::terrain::Grid;

pub use alternatives::{alternatives_table, chosen_ways_table, sweep_table};
pub use claims::{claims_table, findings_table, money_table, rules_table};
pub use design::{
    GradientDesign, bill_table, design_by_gradient_table, design_findings_table, design_picture,
    design_structures_table, design_table, designs_side_by_side_table, track_json, whole_life_json,
    whole_life_table,
};
pub use earned_value::{
    earned_schedule_table, earned_value_json, earned_value_table, no_baseline_table,
};
pub use hazards::{design_hazards_table, hazards_table};
pub use lengths::{breaks_table, lengths_table};
pub use line::{
    PlaceAsked, compliance_table, elements_table, grades_table, line_figures_table,
    line_findings_table, line_places_table, line_strip_picture,
};
pub use map::designs_map;
pub use operation::{
    GradientService, SavedWay, allowance_table, capacity_table, effort_picture, graph_table,
    limit_costs_table, load_by_gradient_table, load_picture, loop_plan_table, momentum_loads_table,
    occupation_picture, occupation_table, runs_table, section_capacity_table, section_loads_table,
    service_by_gradient_picture, service_by_gradient_table, service_json, speed_picture,
    stalls_table, train_findings_table, train_graph_picture, trains_table, transit_parts_table,
    transit_picture, transit_table,
};
pub use pace::reference_class_table;
pub use parameters::parameters_table;
pub use picture::Picture;
pub use places::places_table;
pub use progress::{
    gate_progress_table, new_evidence_table, progress_json, slips_table, works_done_table,
};
pub use route_figures::{leg_figures_tables, route_figures_tables};
pub use route_json::{
    alternatives_geojson, alternatives_json, routes_geojson, routes_json, sensitivity_json,
};
pub use routes::routes_table;
pub use schedule::{
    activities_json, assumptions_table, built_lines_table, convergence_table, costs_table,
    critical_table, gains_table, gantt_picture, gate_board_picture, joint_table,
    machine_wait_words, machines_json, machines_tables, money_picture, movers_table,
    openings_table, outside_view_table, quality_table, risk_events_table, risk_json,
    risk_milestones_table, s_curve_picture, schedule_table, spending_table, time_location_picture,
    tornado_picture, tornado_table, track_lengths_m,
};
pub use sources::{cited_json, cited_markdown, cited_text, line as source_line};
pub use stages::{gates_table, missing_table, status_table};
pub use summary::summary;
pub use table::{Align, Cell, Column, Mark, Table};
pub use timeline::{changes_table, milestones_table, risks_table};
pub use words::{day_words, sentence};
pub use write::write_file;

/// Some tables as one self-contained page, with the documents behind them.
#[must_use]
pub fn tables_html(study: &Study, day: Date, tables: &[Table]) -> String {
    page::tables_html(study, day, &[], tables)
}

/// As [`tables_html`], with pictures above the tables.
#[must_use]
pub fn pictures_html(study: &Study, day: Date, pictures: &[Picture], tables: &[Table]) -> String {
    page::tables_html(study, day, pictures, tables)
}

/// A line as one self-contained page: pictures, then tables, with the limits that are not kept
/// behind the first.
#[must_use]
pub fn line_html(
    name: &str,
    pictures: &[Picture],
    tables: &[Table],
    findings: &[Finding],
) -> String {
    page::line_html(name, pictures, tables, findings)
}

/// A way over several railways as one self-contained page: pictures, then tables.
#[must_use]
pub fn transit_html(name: &str, pictures: &[Picture], tables: &[Table]) -> String {
    page::transit_html(name, pictures, tables)
}

/// A study and its status on a day, to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    pub(crate) study: &'a Study,
    pub(crate) status: &'a Status,
    pub(crate) changes: Option<(Date, &'a [Change])>,
    pub(crate) terrain: Option<&'a Grid>,
    pub(crate) routes: Option<(f64, &'a [SegmentRoute])>,
    pub(crate) alternatives: Option<(f64, AlternativeOptions, &'a [LegAlternatives])>,
    pub(crate) sensitivity: &'a [LegSensitivity],
    pub(crate) lines: &'a [SegmentLine],
}

/// The exact line of a segment.
#[derive(Debug, Clone)]
pub struct SegmentLine {
    /// Id of the segment.
    pub segment: String,
    /// Its line.
    pub line: Line,
}

impl<'a> Report<'a> {
    /// A report of a status.
    #[must_use]
    pub fn new(study: &'a Study, status: &'a Status) -> Self {
        Self {
            study,
            status,
            changes: None,
            terrain: None,
            routes: None,
            alternatives: None,
            sensitivity: &[],
            lines: &[],
        }
    }

    /// With what changed since an earlier day.
    #[must_use]
    pub fn changes(self, since: Date, changes: &'a [Change]) -> Self {
        Self { changes: Some((since, changes)), ..self }
    }

    /// With the relief behind the map.
    #[must_use]
    pub fn terrain(self, terrain: &'a Grid) -> Self {
        Self { terrain: Some(terrain), ..self }
    }

    /// With the ways that the search found at a ruling gradient.
    #[must_use]
    pub fn routes(self, gradient_permille: f64, routes: &'a [SegmentRoute]) -> Self {
        Self { routes: Some((gradient_permille, routes)), ..self }
    }

    /// With the ways that really differ at a ruling gradient, and how they were chosen.
    #[must_use]
    pub fn alternatives(
        self,
        gradient_permille: f64,
        choice: AlternativeOptions,
        legs: &'a [LegAlternatives],
    ) -> Self {
        Self { alternatives: Some((gradient_permille, choice, legs)), ..self }
    }

    /// With the best way under several ruling gradients.
    #[must_use]
    pub fn sensitivity(self, legs: &'a [LegSensitivity]) -> Self {
        Self { sensitivity: legs, ..self }
    }

    /// With exact lines of segments.
    #[must_use]
    pub fn lines(self, lines: &'a [SegmentLine]) -> Self {
        Self { lines, ..self }
    }

    /// The figures of each exact line.
    fn line_tables(&self) -> impl Iterator<Item = Table> + '_ {
        self.lines.iter().map(|one| {
            let id = format!("line-{}", one.segment);
            let title = format!("The line as designed: {}", one.line.name);
            Table { id, title, ..line_figures_table(&one.line) }
        })
    }

    /// The tables of all that was searched for.
    fn route_tables(&self) -> Vec<Table> {
        let study = self.study;
        let mut tables = Vec::new();
        if let Some((gradient_permille, routes)) = self.routes {
            tables.push(routes_table(study, self.status, routes, gradient_permille));
            tables.extend(hazards_table(study, routes));
        }
        if let Some((gradient_permille, choice, legs)) = self.alternatives {
            tables.push(alternatives_table(study, legs, &choice, gradient_permille));
        }
        if !self.sensitivity.is_empty() {
            tables.push(sweep_table(study, self.sensitivity));
            tables.push(chosen_ways_table(study, self.sensitivity));
        }
        if let Some((_, routes)) = self.routes {
            tables.extend(route_figures_tables(study, routes));
        }
        tables
    }

    /// All tables, in the order of the page.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = vec![
            status_table(self.study, self.status),
            gates_table(self.study, self.status),
            missing_table(self.study, self.status),
            reference_class_table(),
            lengths_table(self.study, self.status),
            places_table(self.study),
            parameters_table(self.study, self.status),
            milestones_table(self.study, self.status),
            money_table(self.study, self.status),
            breaks_table(self.study, self.status),
            claims::findings_by_rule_table(self.study, self.status),
        ];
        // Behind the places, before the parameters.
        tables.splice(6..6, self.route_tables().into_iter().chain(self.line_tables()));
        if let Some((since, changes)) = self.changes {
            tables.push(changes_table(self.study, since, changes));
        }
        tables.push(risks_table(self.study, self.status));
        tables.push(claims_table(self.study, self.status));
        tables
    }

    /// One self-contained page: no network, no script, printable.
    #[must_use]
    pub fn html(&self) -> String {
        page::html(self)
    }

    /// Maps of what was searched for: of the corridor, and of each leg that has more than one way.
    #[must_use]
    pub fn route_pictures(&self) -> Vec<Picture> {
        map::of_ways(self)
    }

    /// All tables as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", self.study.name.en);
        text.push_str(&format!("As known on {}.\n\n", day_words(self.status.day)));
        for table in self.tables() {
            text.push_str(&table.markdown());
            text.push('\n');
        }
        text.push_str(&sources::markdown(self.study));
        text
    }

    /// All tables as text for a terminal of this width.
    #[must_use]
    pub fn text(&self, width_columns: usize) -> String {
        let tables = self.tables();
        let mut texts: Vec<String> = tables.iter().map(|table| table.text(width_columns)).collect();
        texts.push(cited_text(self.study, &tables));
        let (name, day) = (&self.study.name.en, day_words(self.status.day));
        format!("{name}\nas known on {day}\n\n{}", texts.join("\n"))
    }

    /// Everything as JSON; `"format": 1`, see `docs/json.md`.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        json::report(self)
    }
}
