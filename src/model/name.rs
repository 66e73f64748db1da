//! A name in several languages and spellings.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

/// A name: English, other languages by code, and other spellings met in sources.
///
/// In TOML either `name = "Herat"` or `name = { en = "Turgundi", aliases = ["Torghundi"] }`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(into = "Written")]
pub struct Name {
    /// The name that the report uses.
    pub en: String,
    /// The name in other languages, by ISO 639 code.
    pub local: BTreeMap<String, String>,
    /// Other spellings, so that a reader of the sources finds the place.
    pub aliases: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Written {
    Plain(String),
    Full(Full),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Full {
    en: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    local: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
}

// By hand, because an untagged enum would not say which key is wrong.
impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> serde::de::Visitor<'de> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a name: \"Herat\" or { en = \"Herat\", aliases = [...] }")
    }

    fn visit_str<E>(self, en: &str) -> Result<Name, E> {
        Ok(en.into())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Name, A::Error> {
        let Full { en, local, aliases } =
            Full::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Name { en, local, aliases })
    }
}

impl From<Name> for Written {
    fn from(name: Name) -> Self {
        if name.local.is_empty() && name.aliases.is_empty() {
            Self::Plain(name.en)
        } else {
            Self::Full(Full { en: name.en, local: name.local, aliases: name.aliases })
        }
    }
}

impl From<&str> for Name {
    fn from(en: &str) -> Self {
        Self { en: en.to_owned(), ..Self::default() }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}
