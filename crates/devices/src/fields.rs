//! The fields of a JSON object, each still as its text: read one by one, so that an error can name the field.
use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// What is wrong with a field's value, without its name; ends a sentence that begins with the name.
pub(crate) type Wrong = Cow<'static, str>;

/// Borrows the text where it has no escapes.
#[derive(Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// Fields in the order in which they stand.
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> de::Visitor<'de> for Object {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::with_capacity(12);
                while let Some((Text(name), value)) = map.next_entry()? {
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl<'a> Fields<'a> {
    /// The value of a field, `None` where it is absent.
    pub(crate) fn get(&self, name: &str) -> Result<Option<&'a RawValue>, Wrong> {
        let mut found = self.0.iter().filter(|(other, _)| other == name).map(|&(_, value)| value);
        let first = found.next();
        if found.next().is_some() { Err("stands there twice".into()) } else { Ok(first) }
    }
}

/// A string.
pub(crate) fn text(value: &RawValue) -> Result<Cow<'_, str>, Wrong> {
    serde_json::from_str(value.get()).map(|Text(text)| text).map_err(|_| "must be a string".into())
}

/// A number; one beyond what 64-bit floating point holds is none.
pub(crate) fn number(value: &RawValue) -> Result<f64, Wrong> {
    serde_json::from_str(value.get()).map_err(|_| "must be a number".into())
}

/// True or false.
pub(crate) fn boolean(value: &RawValue) -> Result<bool, Wrong> {
    match value.get() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("must be true or false".into()),
    }
}

/// The greatest whole number that every JSON implementation keeps exactly, 2^53 - 1.
pub(crate) const LARGEST: u64 = (1 << 53) - 1;

/// A whole number from 0 to [`LARGEST`], also where it is written as `3.0` or `3e0`.
pub(crate) fn whole(value: &RawValue) -> Option<u64> {
    let text = value.get();
    let whole = text.parse().ok().or_else(|| {
        let number: f64 = serde_json::from_str(text).ok()?;
        // Exact: checked to be whole and within 53 bits.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked in the same condition")]
        (number.fract() == 0.0 && (0.0..=LARGEST as f64).contains(&number)).then_some(number as u64)
    })?;
    (whole <= LARGEST).then_some(whole)
}
