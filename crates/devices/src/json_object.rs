//! A JSON object kept as its text, so that storing it changes nothing in it; and RFC 7396, merging a patch into it.
use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

use crate::fields::Text;

/// The most levels of objects and arrays within each other.
pub const MAX_DEPTH: usize = 32;

/// The text of a JSON object without surrounding space, at most [`MAX_DEPTH`] levels deep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonObject(String);

/// A text that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnObject {
    /// Something else than an object, or no JSON.
    #[error("must be a JSON object")]
    Kind,
    /// Too many levels.
    #[error("must not nest deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

impl Default for JsonObject {
    fn default() -> Self {
        Self("{}".into())
    }
}

impl JsonObject {
    /// Checks a text.
    ///
    /// # Errors
    /// [`NotAnObject`].
    pub fn parse(text: &str) -> Result<Self, NotAnObject> {
        Self::of_value(serde_json::from_str(text).map_err(|_| NotAnObject::Kind)?)
    }

    /// Checks a value that is known to be JSON.
    ///
    /// # Errors
    /// [`NotAnObject`].
    pub fn of_value(value: &RawValue) -> Result<Self, NotAnObject> {
        let text = value.get().trim_ascii();
        if !text.starts_with('{') {
            return Err(NotAnObject::Kind);
        }
        if depth(text) > MAX_DEPTH { Err(NotAnObject::TooDeep) } else { Ok(Self(text.to_owned())) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This object after a patch by RFC 7396: members of the patch replace, `null` removes, objects merge.
    /// The names of the result's members are sorted on the levels that the patch touches.
    ///
    /// # Errors
    /// [`NotAnObject::TooDeep`] where the result would be deeper than an object may be. Else the patch always applies.
    pub fn merged(&self, patch: &Self) -> Result<Self, NotAnObject> {
        let text = merge(Some(&self.0), &patch.0).map_err(|_| NotAnObject::Kind)?;
        if depth(&text) > MAX_DEPTH { Err(NotAnObject::TooDeep) } else { Ok(Self(text)) }
    }
}

/// The greatest count of brackets open at once, outside of strings.
fn depth(json: &str) -> usize {
    let (mut open, mut most, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                open += 1;
                most = most.max(open);
            }
            b'}' | b']' if !in_string => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

fn members(object: &str) -> Result<Members<'_>, serde_json::Error> {
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    struct Name<'a>(Cow<'a, str>);
    impl<'de> Deserialize<'de> for Name<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Text::deserialize(deserializer).map(|Text(text)| Self(text))
        }
    }
    let named: BTreeMap<Name<'_>, &RawValue> = serde_json::from_str(object)?;
    Ok(named.into_iter().map(|(Name(name), value)| (name, value)).collect())
}

/// Recursion is no deeper than the patch, which is no deeper than [`MAX_DEPTH`].
fn merge(target: Option<&str>, patch: &str) -> Result<String, serde_json::Error> {
    let mut merged: BTreeMap<Cow<'_, str>, Cow<'_, str>> = match target.filter(|target| target.starts_with('{')) {
        Some(target) => members(target)?.into_iter().map(|(name, value)| (name, Cow::Borrowed(value.get()))).collect(),
        None => BTreeMap::new(),
    };
    for (name, value) in members(patch)? {
        let value = value.get();
        if value == "null" {
            merged.remove(&name);
        } else if value.starts_with('{') {
            let inner = merge(merged.get(&name).map(AsRef::as_ref), value)?;
            merged.insert(name, Cow::Owned(inner));
        } else {
            merged.insert(name, Cow::Borrowed(value));
        }
    }
    let mut text = String::from("{");
    for (at, (name, value)) in merged.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&serde_json::to_string(name)?);
        text.push(':');
        text.push_str(value);
    }
    text.push('}');
    Ok(text)
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        value.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonObject {
    /// Only from JSON text, not through `serde_json::Value`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        Self::of_value(&value).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonObject, NotAnObject};

    /// The table of RFC 7396, appendix A, as far as target and patch are objects.
    #[test]
    fn patches_as_in_the_standard() {
        let table = [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (r#"{"a":{"b":"c"}}"#, r#"{"a":{"b":"d","c":null}}"#, r#"{"a":{"b":"d"}}"#),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"{"e":null}"#, r#"{"a":1}"#, r#"{"a":1,"e":null}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ];
        for (target, patch, result) in table {
            let merged = JsonObject::parse(target).unwrap().merged(&JsonObject::parse(patch).unwrap()).unwrap();
            assert_eq!(merged.as_str(), result, "{target} with {patch}");
        }
    }

    #[test]
    fn numbers_stay_as_they_were_written() {
        let object = JsonObject::parse(r#"{"a":0.1000000000000000055511151231257827,"b":1e400}"#).unwrap();
        let text = serde_json::to_string(&object).unwrap();
        assert_eq!(serde_json::from_str::<JsonObject>(&text).unwrap(), object);
        assert!(text.contains("1e400"));
    }

    #[test]
    fn depth_has_a_limit_and_brackets_in_strings_do_not_count() {
        let deep = |levels: usize| format!("{}{}", "{\"a\":".repeat(levels - 1) + "{", "}".repeat(levels));
        assert!(JsonObject::parse(&deep(32)).is_ok());
        assert_eq!(JsonObject::parse(&deep(33)), Err(NotAnObject::TooDeep));
        assert!(JsonObject::parse(&format!(r#"{{"a":"{}\""}}"#, "[".repeat(100))).is_ok());
        assert_eq!(JsonObject::parse("[]"), Err(NotAnObject::Kind));
    }
}
