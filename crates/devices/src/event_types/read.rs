//! Reads the fields of an event's data, each by its description.
use std::fmt;

use serde::{Deserializer, de};
use serde_json::value::RawValue;

use super::field::{Field, Shape};
use crate::epc::Sgtin;
use crate::fields::{self, Fields, Text};
use crate::fixed::Fixed;
use crate::json_object::JsonObject;
use crate::refusal::{Refusal, RefusalCode};

/// `data` of one event.
pub(super) struct Data<'a>(Fields<'a>);

fn wrong(field: &Field, detail: impl fmt::Display) -> Refusal {
    let name = field.name;
    Refusal::at(RefusalCode::InvalidData, format!("/data/{name}"), format!("{name} {detail}"))
}

impl<'a> Data<'a> {
    pub(super) fn new(data: &'a RawValue) -> Result<Self, Refusal> {
        let wrong = |_| Refusal::at(RefusalCode::InvalidData, "/data", "data must be an object");
        serde_json::from_str(data.get()).map(Self).map_err(wrong)
    }

    fn get(&self, field: &Field) -> Result<Option<&'a RawValue>, Refusal> {
        let value = self.0.get(field.name).map_err(|detail| wrong(field, detail))?;
        if value.is_none() && field.required { Err(wrong(field, "is missing")) } else { Ok(value) }
    }

    /// A number in parts of `1/UNIT`.
    pub(super) fn number<const UNIT: i64>(&self, field: &Field) -> Result<Option<Fixed<UNIT>>, Refusal> {
        let Some(value) = self.get(field)? else { return Ok(None) };
        let number = fields::number(value).map_err(|detail| wrong(field, detail))?;
        let Shape::Number { least, greatest } = field.shape else { return Ok(None) };
        if !(least..=greatest).contains(&number) {
            return Err(wrong(field, format_args!("must be from {least} to {greatest}, is {number}")));
        }
        Ok(Some(Fixed::nearest(number)))
    }

    pub(super) fn whole(&self, field: &Field) -> Result<Option<u64>, Refusal> {
        let Some(value) = self.get(field)? else { return Ok(None) };
        let Shape::Whole { least, greatest } = field.shape else { return Ok(None) };
        let whole = fields::whole(value).filter(|number| (least..=greatest).contains(number));
        whole.map(Some).ok_or_else(|| wrong(field, format_args!("must be a whole number from {least} to {greatest}")))
    }

    pub(super) fn boolean(&self, field: &Field) -> Result<Option<bool>, Refusal> {
        let Some(value) = self.get(field)? else { return Ok(None) };
        fields::boolean(value).map(Some).map_err(|detail| wrong(field, detail))
    }

    pub(super) fn tags(&self, field: &Field) -> Result<Option<Vec<Sgtin>>, Refusal> {
        let Some(value) = self.get(field)? else { return Ok(None) };
        let Shape::Tags { most } = field.shape else { return Ok(None) };
        let mut reader = serde_json::Deserializer::from_str(value.get());
        match reader.deserialize_seq(Tags { most }) {
            Ok(Ok(tags)) => Ok(Some(tags)),
            Ok(Err(Wrong::TooMany)) => Err(wrong(field, format_args!("must hold at most {most} tags"))),
            Ok(Err(Wrong::At(at, detail))) => {
                let pointer = format!("/data/{}/{at}", field.name);
                Err(Refusal::at(RefusalCode::InvalidData, pointer, detail))
            }
            Err(_) => Err(wrong(field, "must be an array of strings")),
        }
    }

    pub(super) fn object(&self, field: &Field) -> Result<Option<JsonObject>, Refusal> {
        let Some(value) = self.get(field)? else { return Ok(None) };
        let Shape::Object { most } = field.shape else { return Ok(None) };
        if value.get().len() > most {
            return Err(wrong(field, format_args!("must have at most {most} bytes, has {}", value.get().len())));
        }
        JsonObject::of_value(value).map(Some).map_err(|detail| wrong(field, detail))
    }
}

/// What a reader asks for that the table calls required; [`Data::get`] has refused its absence.
pub(super) fn there<T>(value: Option<T>, field: &Field) -> Result<T, Refusal> {
    value.ok_or_else(|| wrong(field, "is missing"))
}

struct Tags {
    most: usize,
}

enum Wrong {
    TooMany,
    At(usize, String),
}

impl<'de> de::Visitor<'de> for Tags {
    type Value = Result<Vec<Sgtin>, Wrong>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of tags")
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut texts: A) -> Result<Self::Value, A::Error> {
        let mut result = Ok(Vec::new());
        while let Some(Text(text)) = texts.next_element()? {
            // After an error the rest is only passed over.
            let Ok(tags) = &mut result else { continue };
            if tags.len() >= self.most {
                result = Err(Wrong::TooMany);
                continue;
            }
            match Sgtin::parse(&text) {
                Ok(tag) => tags.push(tag),
                Err(error) => result = Err(Wrong::At(tags.len(), error.to_string())),
            }
        }
        Ok(result)
    }
}
