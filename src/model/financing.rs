//! Who takes part, who pays, and how firm the money is.

use serde::{Deserialize, Serialize};

use super::{Date, Name};

/// How firm money is; later is firmer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoneyState {
    /// Somebody thinks of it.
    #[default]
    Idea,
    /// Somebody said that they would give it.
    Pledged,
    /// A memorandum names it.
    Memorandum,
    /// A binding agreement is signed.
    Agreed,
    /// The agreement's conditions are met.
    Effective,
    /// Paid out.
    Disbursed,
}

/// Money for a subject, with the history of its state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Financing {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// What it pays for: `corridor`, a segment, a station or a stretch `from..to`.
    pub subject: String,
    /// Id of the party that gives it.
    pub party: String,
    /// What was said, oldest first.
    pub history: Vec<FinancingEntry>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One statement about the money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinancingEntry {
    /// How firm it is.
    pub state: MoneyState,
    /// How much, in units of the currency (not millions).
    pub amount: f64,
    /// ISO 4217 code.
    pub currency: String,
    /// When it was published.
    pub dated: Date,
    /// Id of the source.
    pub source: String,
    /// The signed document that makes it firmer than the entry before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// What a party does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyRole {
    /// Owns the line or decides about it.
    #[default]
    Owner,
    /// Pays.
    Financier,
    /// Surveys or designs.
    Designer,
    /// Builds.
    Contractor,
    /// Runs trains or terminals.
    Operator,
    /// Advises or studies.
    Adviser,
}

/// A ministry, railway, company or bank.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// What it does.
    pub role: PartyRole,
    /// ISO 3166 code of its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Id of the source.
    pub source: String,
}

/// What a US dollar cost, so that amounts in other currencies can be compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRate {
    /// ISO 4217 code.
    pub currency: String,
    /// Units of the currency for one US dollar.
    pub per_usd: f64,
    /// When.
    pub dated: Date,
    /// Id of the source; absent if assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why it is assumed, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
