//! Technical parameters.

use super::sources::{number, of_claims};
use super::table::{Cell, Mark, Table};
use super::words::{plain, sentence, with_unit};
use crate::model::{Certainty, Study, Value};
use crate::status::{ParameterStatus, Status};

/// Technical parameters: published ones with their document, assumed ones visibly so.
#[must_use]
pub fn parameters_table(study: &Study, status: &Status) -> Table {
    let note = "What nobody has published is assumed, so that the line can be computed; each \
                assumption says why.";
    let mut table = Table::new(
        "parameters",
        "Technical parameters",
        note,
        &["Parameter", ">Value", "For", "Basis"],
    );
    for parameter in &status.parameters {
        table.rows.push(vec![
            sentence(&parameter.label).into(),
            value(study, parameter),
            sentence(&study.subject_name(&parameter.subject)).into(),
            basis(study, parameter),
        ]);
    }
    table
}

fn value(study: &Study, parameter: &ParameterStatus) -> Cell {
    let text = match &parameter.value {
        // A gauge is a name as much as a number: 1520, not 1,520.
        Value::Number(number) if parameter.unit == "mm" => format!("{number} mm"),
        Value::Number(number) => with_unit(&plain(*number), &parameter.unit),
        other => other.to_string(),
    };
    let sources = of_claims(study, parameter.claim.as_deref());
    let mark = (parameter.state == Certainty::Assumed).then_some(Mark::Assumed);
    Cell { text, mark, claim: parameter.claim.clone(), ..Cell::default() }.with_sources(sources)
}

fn basis(study: &Study, parameter: &ParameterStatus) -> Cell {
    let text = match (&parameter.reason, parameter.state) {
        (Some(reason), _) => sentence(reason),
        (None, _) => "Published".to_owned(),
    };
    let source = parameter.source.as_ref().and_then(|id| number(study, id));
    Cell::from(text).with_sources(source)
}
