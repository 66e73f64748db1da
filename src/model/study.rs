//! The study: all that is known and wanted about a corridor.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::read::Document as _;
use super::{
    Choice, Claim, Connection, Date, ExchangeRate, Financing, Milestone, Name, Neighbour,
    Parameter, Party, PlaceSpeed, Risk, Segment, Source, StageRecord, Station, Template, Waiver,
    Zone, read,
};
use crate::error::{Error, Result};

/// The version of the study file that this crate reads.
pub const FORMAT: u32 = 1;

/// The subject that means the whole line.
pub const CORRIDOR: &str = "corridor";

/// A corridor study: one TOML file, or these structs filled in Rust.
///
/// ```
/// use railcorridor::model::{Segment, Station, Study};
///
/// let study = Study {
///     name: "Turgundi-Herat".into(),
///     stations: vec![
///         Station { id: "turgundi".into(), name: "Turgundi".into(),
///                   lon_deg: 62.283, lat_deg: 35.250, ..Station::default() },
///         Station { id: "herat".into(), name: "Herat".into(),
///                   lon_deg: 62.19967, lat_deg: 34.34817, ..Station::default() },
///     ],
///     segments: vec![Segment { id: "turgundi-herat".into(), from: "turgundi".into(),
///                              to: "herat".into(), ..Segment::default() }],
///     ..Study::default()
/// };
/// study.check()?;
/// assert_eq!(Study::from_toml_str(&study.to_toml())?, study);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Study {
    /// Version of the file's format: [`FORMAT`].
    pub format: u32,
    /// Name of the corridor.
    pub name: Name,
    /// A sentence or two about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The day up to which the keeper of the file has read the sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_to: Option<Date>,
    /// Id of the standard: a file in `data/standards`, or one beside the study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// Terrain: `builtin:globe-30s`, files or folders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terrain: Vec<String>,
    /// Places on the line and on the lines that it meets.
    #[serde(rename = "station")]
    pub stations: Vec<Station>,
    /// The line, in order.
    #[serde(rename = "segment")]
    pub segments: Vec<Segment>,
    /// Lines that it meets.
    #[serde(rename = "connection", skip_serializing_if = "Vec::is_empty")]
    pub connections: Vec<Connection>,
    /// Lines that it is compared with.
    #[serde(rename = "neighbour", skip_serializing_if = "Vec::is_empty")]
    pub neighbours: Vec<Neighbour>,
    /// Where the line must not go, should rather go or not, and what it crosses.
    #[serde(rename = "zone", skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<Zone>,
    /// Speeds through stations, on bridges and in tunnels, beside those of the standard.
    #[serde(rename = "speed", skip_serializing_if = "Vec::is_empty")]
    pub speeds: Vec<PlaceSpeed>,
    /// Technical parameters.
    #[serde(rename = "parameter", skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Published statements.
    #[serde(rename = "claim", skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// Claims chosen by hand.
    #[serde(rename = "choice", skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// How far preparation and works have come.
    #[serde(rename = "stage", skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageRecord>,
    /// Stage templates of the study's own, beside the built-in ones.
    #[serde(rename = "template", skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
    /// Dates that matter.
    #[serde(rename = "milestone", skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// Who takes part.
    #[serde(rename = "party", skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// Who pays.
    #[serde(rename = "financing", skip_serializing_if = "Vec::is_empty")]
    pub financing: Vec<Financing>,
    /// What a US dollar cost.
    #[serde(rename = "exchange_rate", skip_serializing_if = "Vec::is_empty")]
    pub exchange_rates: Vec<ExchangeRate>,
    /// What may go wrong.
    #[serde(rename = "risk", skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<Risk>,
    /// Findings that are let stand.
    #[serde(rename = "waiver", skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
    /// Documents.
    #[serde(rename = "source", skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

impl Default for Study {
    fn default() -> Self {
        Self {
            format: FORMAT,
            name: Name::default(),
            summary: None,
            kept_to: None,
            standard: None,
            terrain: Vec::new(),
            stations: Vec::new(),
            segments: Vec::new(),
            connections: Vec::new(),
            neighbours: Vec::new(),
            zones: Vec::new(),
            speeds: Vec::new(),
            parameters: Vec::new(),
            claims: Vec::new(),
            choices: Vec::new(),
            stages: Vec::new(),
            templates: Vec::new(),
            milestones: Vec::new(),
            parties: Vec::new(),
            financing: Vec::new(),
            exchange_rates: Vec::new(),
            risks: Vec::new(),
            waivers: Vec::new(),
            sources: Vec::new(),
        }
    }
}

impl Study {
    /// Reads a study from the text of a TOML file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems of the text, each with line and column.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read::text(text, None)
    }

    /// Reads a study from a TOML file.
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be read, [`Error::Limit`] if it is larger than 16 MB,
    /// [`Error::Study`] with all its problems, each with line and column.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        read::file(path.as_ref())
    }

    /// The embedded study of the Turgundi-Herat-Kandahar-Spin Boldak railway.
    ///
    /// # Errors
    /// None in a released crate: the file is checked by the tests.
    #[cfg(feature = "turgundi")]
    pub fn turgundi() -> Result<Self> {
        let text = include_str!("../../data/studies/turgundi-spin-boldak.toml");
        read::text(text, Some("builtin:turgundi"))
    }

    /// Checks a study that was built in Rust by the rules that hold for a file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems, each naming the item.
    pub fn check(&self) -> Result<()> {
        self.checked()
    }

    /// The study as a TOML file; reading it gives an equal study.
    #[must_use]
    pub fn to_toml(&self) -> String {
        // Plain data with string keys: the only values TOML cannot hold are absent options,
        // which are skipped, so writing cannot fail.
        toml::to_string(self).unwrap_or_default()
    }

    /// The stage template with this id: one of the study's own, or a built-in one.
    ///
    /// # Errors
    /// [`Error::Unknown`] naming the nearest template.
    pub fn template(&self, id: &str) -> Result<&Template> {
        self.templates().find(|template| template.id == id).ok_or_else(|| {
            let known: Vec<&str> = self.templates().map(|template| template.id.as_str()).collect();
            Error::Unknown {
                what: "stage template",
                name: id.to_owned(),
                hint: format!("known are {}", known.join(", ")),
            }
        })
    }

    /// The study's own stage templates, then the built-in ones.
    pub fn templates(&self) -> impl Iterator<Item = &Template> + Clone {
        self.templates.iter().chain(Template::builtin())
    }

    /// The station with this id.
    #[must_use]
    pub fn station(&self, id: &str) -> Option<&Station> {
        self.stations.iter().find(|station| station.id == id)
    }

    /// The parameter of the whole corridor with this name.
    #[must_use]
    pub fn corridor_parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|own| own.name == name && own.subject == CORRIDOR)
    }

    /// The segment with this id.
    #[must_use]
    pub fn segment(&self, id: &str) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The zone with this id.
    #[must_use]
    pub fn zone(&self, id: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.id == id)
    }

    /// All zones, ready to be laid on a terrain; `folder` is that of the study, for their files.
    ///
    /// # Errors
    /// As [`Zone::on_terrain`], for the first zone that is refused.
    pub fn zones_on_terrain(&self, folder: &Path) -> Result<Vec<crate::terrain::Zone>> {
        self.zones.iter().map(|zone| zone.on_terrain(folder)).collect()
    }

    /// The claim with this id.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.id == id)
    }

    /// The claims that were known on a day: published by then, or, if undated, read by then.
    pub fn claims_known_by(&self, day: Date) -> impl Iterator<Item = &Claim> + Clone {
        self.claims.iter().filter(move |claim| {
            claim.dated.or(self.kept_to).is_none_or(|published| published.is_by(day))
        })
    }

    /// The two station ids of a stretch `from..to`.
    #[must_use]
    pub fn stretch(subject: &str) -> Option<(&str, &str)> {
        subject.split_once("..")
    }

    /// The words for a subject: the name of the segment, station, connection, neighbour, party
    /// or stretch.
    #[must_use]
    pub fn subject_name(&self, subject: &str) -> String {
        if subject == CORRIDOR {
            return "whole corridor".to_owned();
        }
        if let Some((from, to)) = Self::stretch(subject) {
            return format!("{}-{}", self.subject_name(from), self.subject_name(to));
        }
        if let Some(segment) = self.segment(subject) {
            return match &segment.name {
                Some(name) => name.en.clone(),
                None => {
                    format!(
                        "{}-{}",
                        self.subject_name(&segment.from),
                        self.subject_name(&segment.to)
                    )
                }
            };
        }
        let stations = self.stations.iter().map(|item| (&item.id, &item.name));
        let connections = self.connections.iter().map(|item| (&item.id, &item.name));
        let neighbours = self.neighbours.iter().map(|item| (&item.id, &item.name));
        let parties = self.parties.iter().map(|item| (&item.id, &item.name));
        stations
            .chain(connections)
            .chain(neighbours)
            .chain(parties)
            .find(|(id, _)| *id == subject)
            .map_or_else(|| subject.to_owned(), |(_, name)| name.en.clone())
    }
}
