//! Whether a file still says what it said when it was written.

use serde_json::Value;

/// Programs of maps write places to 1e-7 degrees, 1 cm.
const SAME_DEG: f64 = 1.1e-7;

/// And heights to a millimetre.
const SAME_HEIGHT_M: f64 = 1.1e-3;

/// All other numbers they keep to fifteen digits.
const SAME_SHARE: f64 = 1e-12;

/// Where a value differs from what was written, and how; what was added to it is passed over.
pub(super) fn difference(written: &Value, found: &Value, path: &str) -> Option<String> {
    match (written, found) {
        _ if written == found => None,
        (Value::Object(written), Value::Object(found)) => {
            written.iter().find_map(|(key, written)| {
                let path = format!("{path}.{key}");
                match found.get(key) {
                    Some(found) => difference(written, found, &path),
                    None => Some(format!("{path} is missing")),
                }
            })
        }
        (Value::Array(written), Value::Array(found)) => {
            if written.len() != found.len() {
                let [written, found] = [written.len(), found.len()];
                return Some(format!("{path} has {found} entries, not {written}"));
            }
            let pairs = written.iter().zip(found).enumerate();
            pairs.into_iter().find_map(|(place, (written, found))| {
                difference(written, found, &format!("{path}[{place}]"))
            })
        }
        (Value::Number(_), Value::Number(_)) => {
            let (written, found) = (written.as_f64()?, found.as_f64()?);
            let limit = if !path.contains(".coordinates[") {
                SAME_SHARE * written.abs()
            } else if path.ends_with("[2]") {
                SAME_HEIGHT_M
            } else {
                SAME_DEG
            };
            let differs = !((found - written).abs() <= limit);
            differs.then(|| format!("{path} is {found}, not {written}"))
        }
        _ => Some(format!("{path} is {:.60}, not {:.60}", found.to_string(), written.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_added_is_passed_over_and_what_is_changed_is_found() {
        let written = json!({"a": [1.0, 2.5], "b": null, "coordinates": [[62.0, 34.0, 900.0]]});
        let same = |found: Value| difference(&written, &found, "file");
        assert_eq!(same(written.clone()), None);
        let added =
            json!({"a": [1, 2.5], "b": null, "c": 1, "coordinates": [[62.0000001, 34, 900.001]]});
        assert_eq!(same(added), None);
        for (found, words) in [
            (json!({"a": [1.0], "b": null, "coordinates": [[62.0, 34.0, 900.0]]}), "1 entries"),
            (
                json!({"a": [1.0, 2.6], "b": null, "coordinates": [[62.0, 34.0, 900.0]]}),
                "a[1] is 2.6",
            ),
            (json!({"a": [1.0, 2.5], "coordinates": [[62.0, 34.0, 900.0]]}), "file.b is missing"),
            (
                json!({"a": [1.0, 2.5], "b": 0, "coordinates": [[62.0, 34.0, 900.0]]}),
                "b is 0, not null",
            ),
            (
                json!({"a": [1.0, 2.5], "b": null, "coordinates": [[62.0, 34.1, 900.0]]}),
                "[0][1] is 34.1",
            ),
            (
                json!({"a": [1.0, 2.5], "b": null, "coordinates": [[62.0, 34.0, 900.1]]}),
                "[0][2] is 900.1",
            ),
        ] {
            let told = same(found).unwrap();
            assert!(told.contains(words), "{told}");
        }
    }
}
