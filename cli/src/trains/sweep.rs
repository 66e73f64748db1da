//! What a ruling gradient means: one line of a table for each, whatever was asked.

use std::process::ExitCode;

use railcorridor::operation::service::ServiceChoice;
use railcorridor::report::{self, GradientService, Picture};

use super::lines::{Asked, Services};
use crate::arguments::Show;
use crate::commands::print_as;
use crate::output::{self, Failure};

pub fn sweep(asked: &Asked, choice: &ServiceChoice<'_>, show: &Show) -> Result<ExitCode, Failure> {
    let mut all = Vec::new();
    for line in &asked.lines {
        all.push((line, Services::new(std::iter::once(line), choice)?));
    }
    let rows = all.iter().flat_map(|(line, services)| {
        services.done.iter().map(|(name, service)| GradientService {
            gradient_permille: line.gradient_permille,
            laid_out_for_permille: &line.laid_out_for_permille,
            name: name.clone(),
            cost_musd: line.cost_musd,
            service,
        })
    });
    let mut rows: Vec<GradientService<'_>> = rows.collect();
    // Line by line, as a reader compares; gradients keep their order.
    let place = |name: &str| asked.lines.iter().position(|line| line.name == name);
    rows.sort_by_key(|row| place(&row.name));
    let mut tables = Vec::new();
    if !rows.is_empty() {
        tables.push(report::service_by_gradient_table(&rows));
    }
    for (_, services) in &all {
        for table in services.warnings() {
            // Gradients share stalls and warnings: told once.
            if !tables.contains(&table) {
                tables.push(table);
            }
        }
    }
    let json = || {
        let services: Vec<serde_json::Value> = rows
            .iter()
            .map(|row| {
                serde_json::json!({
                    "gradient_permille": row.gradient_permille,
                    "laid_out_for_permille": row.laid_out_for_permille,
                    "cost_musd": row.cost_musd,
                    "service": report::service_json(row.service),
                })
            })
            .collect();
        serde_json::json!({ "format": 1, "services": services, "tables": tables })
    };
    let page = || {
        let picture = || report::service_by_gradient_picture("by-gradient", &rows);
        let pictures: Vec<Picture> = (!rows.is_empty()).then(picture).into_iter().collect();
        Ok(report::pictures_html(&asked.study, asked.day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)?;
    let findings: Vec<_> =
        all.iter().flat_map(|(_, services)| services.findings.iter().cloned()).collect();
    Ok(output::counted(&findings))
}
