//! The outermost object of a GeoJSON file, read feature by feature.
//!
//! So an error knows its feature, and only one feature is held twice.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The outermost object of a file.
#[derive(Default)]
pub(super) struct Collection {
    pub(super) kind: Option<String>,
    pub(super) features: Option<Vec<geojson::Feature>>,
    /// The number of the feature that is read next.
    pub(super) next: usize,
}

impl<'de> Visitor<'de> for &mut Collection {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match key.as_ref() {
                "type" => self.kind = Some(map.next_value()?),
                "features" => {
                    self.features = Some(Vec::new());
                    map.next_value_seed(Features(self))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads the list of features into its collection.
struct Features<'a>(&'a mut Collection);

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let features = self.0.features.get_or_insert_default();
        while let Some(feature) = seq.next_element()? {
            features.push(feature);
            self.0.next += 1;
        }
        Ok(())
    }
}
