//! Money: its state on a day, and amounts in one currency.

use serde::Serialize;

use crate::model::{Date, FinancingEntry, MoneyState, Study};

/// Money for a subject, as it stands on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MoneyStatus {
    /// Id of the financing.
    pub id: String,
    /// What it pays for.
    pub subject: String,
    /// Id of the party that gives it.
    pub party: String,
    /// How firm it is by the newest statement.
    pub state: MoneyState,
    /// How firm it has been at best.
    pub firmest: MoneyState,
    /// The newest statement.
    pub newest: FinancingEntry,
    /// How many statements there were.
    pub statements_count: usize,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// All money that was spoken of by the day.
#[must_use]
pub fn money(study: &Study, day: Date) -> Vec<MoneyStatus> {
    let status = |financing: &crate::model::Financing| {
        let known: Vec<&FinancingEntry> =
            financing.history.iter().filter(|entry| entry.dated.is_by(day)).collect();
        let newest = known.iter().max_by_key(|entry| entry.dated)?;
        Some(MoneyStatus {
            id: financing.id.clone(),
            subject: financing.subject.clone(),
            party: financing.party.clone(),
            state: newest.state,
            firmest: known.iter().map(|entry| entry.state).max()?,
            newest: (*newest).clone(),
            statements_count: known.len(),
            note: financing.note.clone(),
        })
    };
    study.financing.iter().filter_map(status).collect()
}

/// An amount in US dollars, by the study's newest exchange rate for its currency.
#[must_use]
pub fn amount_usd(study: &Study, amount: f64, currency: &str) -> Option<f64> {
    if currency == "USD" {
        return Some(amount);
    }
    let rates = study.exchange_rates.iter().filter(|rate| rate.currency == currency);
    rates.max_by_key(|rate| rate.dated).map(|rate| amount / rate.per_usd)
}
