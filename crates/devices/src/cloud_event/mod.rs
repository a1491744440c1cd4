//! CloudEvents 1.0 in JSON, one or a batch: what the house needs of an event is checked and borrowed, the rest kept as text.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::fields::{self, Fields, LARGEST, Wrong};
use crate::refusal::{Refusal, RefusalCode};
use crate::timestamp::Timestamp;

/// The most bytes of a request's body.
pub const MAX_BODY: usize = 256 * 1024;
/// The most events of a batch.
pub const MAX_BATCH: usize = 500;
/// The most characters of an event's id.
pub const MAX_ID: usize = 128;
/// The most characters of an event's source, and of its subject and its schema's address.
pub const MAX_SOURCE: usize = 256;

/// How many events a body holds, by its `Content-Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `application/cloudevents+json`
    One,
    /// `application/cloudevents-batch+json`
    Batch,
}

impl Mode {
    /// Reads a `Content-Type`; `None` for what is neither of the two. Parameters are allowed if they say UTF-8.
    #[must_use]
    pub fn of(content_type: &str) -> Option<Self> {
        let mut parts = content_type.split(';').map(str::trim);
        let mode = match parts.next()? {
            kind if kind.eq_ignore_ascii_case("application/cloudevents+json") => Self::One,
            kind if kind.eq_ignore_ascii_case("application/cloudevents-batch+json") => Self::Batch,
            _ => return None,
        };
        parts.all(is_utf8).then_some(mode)
    }
}

/// Whether a parameter of a media type leaves the encoding at UTF-8.
fn is_utf8(parameter: &str) -> bool {
    match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    }
}

/// A body that holds no events at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Bytes that are no UTF-8.
    #[error("the body is no UTF-8: byte {at} begins no character")]
    NotUtf8 {
        /// Index of the first wrong byte.
        at: usize,
    },
    /// Text that is no JSON.
    #[error("the body is no JSON: {detail}")]
    NotJson {
        /// What was found, with line and column.
        detail: String,
    },
    /// A batch that is no array.
    #[error("a batch is a JSON array of events; send a single event as application/cloudevents+json")]
    NotAnArray,
    /// Too few or too many events.
    #[error("a batch holds 1 to {MAX_BATCH} events, this one holds {found}; split it")]
    BatchSize {
        /// How many there are.
        found: usize,
    },
}

/// One event that was refused while it was read, with its id if that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedEvent<'a> {
    /// The id, where it was a string.
    pub id: Option<Cow<'a, str>>,
    /// The reason.
    pub refusal: Refusal,
}

/// One event; texts are borrowed from the body where they have no escapes.
#[derive(Clone, Debug)]
pub struct CloudEvent<'a> {
    /// Unique within `source`; 1 to 128 characters.
    pub id: Cow<'a, str>,
    /// URI reference of what sent it; 1 to 256 characters.
    pub source: Cow<'a, str>,
    /// The event's type, such as `vitrine.scale.weight.v1`.
    pub kind: Cow<'a, str>,
    /// When it happened, by the device's clock.
    pub time: Timestamp,
    /// What within the source it is about.
    pub subject: Option<Cow<'a, str>>,
    /// Address of a schema of `data`.
    pub data_schema: Option<Cow<'a, str>>,
    /// Place in the epoch, from 1 without gaps.
    pub sequence: Option<u64>,
    /// Raised by a device that lost its counter.
    pub epoch: u64,
    /// A JSON object.
    pub data: &'a RawValue,
    /// The whole event as it was sent, unknown attributes included.
    pub raw: &'a str,
}

/// The text of a body.
///
/// # Errors
/// [`Unreadable::NotUtf8`].
pub fn text(body: &[u8]) -> Result<&str, Unreadable> {
    std::str::from_utf8(body).map_err(|error| Unreadable::NotUtf8 { at: error.valid_up_to() })
}

/// Splits a batch into the texts of its events.
///
/// # Errors
/// [`Unreadable`] where the text is no JSON array of 1 to [`MAX_BATCH`] elements.
pub fn split(batch: &str) -> Result<Vec<&RawValue>, Unreadable> {
    let events: Vec<&RawValue> = serde_json::from_str(batch).map_err(|error| match not_json(batch) {
        Some(unreadable) => unreadable,
        None if error.is_data() => Unreadable::NotAnArray,
        None => Unreadable::NotJson { detail: error.to_string() },
    })?;
    if matches!(events.len(), 1..=MAX_BATCH) { Ok(events) } else { Err(Unreadable::BatchSize { found: events.len() }) }
}

fn not_json(text: &str) -> Option<Unreadable> {
    let error = serde_json::from_str::<&RawValue>(text).err()?;
    Some(Unreadable::NotJson { detail: error.to_string() })
}

/// Reads a body in either mode.
///
/// # Errors
/// [`Unreadable`] where there are no events; an event that is wrong is refused alone.
pub fn parse(mode: Mode, body: &[u8]) -> Result<Vec<Result<CloudEvent<'_>, RefusedEvent<'_>>>, Unreadable> {
    let text = text(body)?;
    match mode {
        Mode::One => CloudEvent::parse_body(text).map(|event| vec![event]),
        Mode::Batch => Ok(split(text)?.into_iter().map(|event| CloudEvent::parse(event.get())).collect()),
    }
}

impl<'a> CloudEvent<'a> {
    /// Reads a body that holds one event.
    ///
    /// # Errors
    /// [`Unreadable::NotJson`] outside, the reason of a refusal inside.
    pub fn parse_body(text: &'a str) -> Result<Result<Self, RefusedEvent<'a>>, Unreadable> {
        match serde_json::from_str(text) {
            Ok(fields) => Ok(Self::from_fields(text.trim_ascii(), &fields)),
            Err(error) => match not_json(text) {
                Some(unreadable) => Err(unreadable),
                None => Ok(Err(not_an_object(&error))),
            },
        }
    }

    /// Reads one event of a batch, or one that was stored.
    ///
    /// # Errors
    /// The reason why it is refused.
    pub fn parse(raw: &'a str) -> Result<Self, RefusedEvent<'a>> {
        let fields = serde_json::from_str(raw).map_err(|error| not_an_object(&error))?;
        Self::from_fields(raw, &fields)
    }

    fn from_fields(raw: &'a str, fields: &Fields<'a>) -> Result<Self, RefusedEvent<'a>> {
        Self::checked(raw, fields).map_err(|refusal| RefusedEvent {
            id: fields.get("id").ok().flatten().and_then(|id| fields::text(id).ok()),
            refusal,
        })
    }

    fn checked(raw: &'a str, fields: &Fields<'a>) -> Result<Self, Refusal> {
        let id = required(fields, "id", |value| limited(value, MAX_ID))?;
        required(fields, "specversion", |value| match fields::text(value)?.as_ref() {
            "1.0" => Ok(()),
            _ => Err("must be \"1.0\"".into()),
        })?;
        let source = required(fields, "source", uri_reference)?;
        let kind = required(fields, "type", |value| limited(value, MAX_SOURCE))?;
        let time = required(fields, "time", |value| {
            Timestamp::parse(&fields::text(value)?).map_err(|error| error.to_string().into())
        })?;
        let subject = optional(fields, "subject", |value| limited(value, MAX_SOURCE))?;
        let data_schema = optional(fields, "dataschema", uri_reference)?;
        optional(fields, "datacontenttype", |value| {
            let found = fields::text(value)?;
            let mut parts = found.split(';').map(str::trim);
            let json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
            if json && parts.all(is_utf8) { Ok(()) } else { Err("must be application/json, or absent".into()) }
        })?;
        optional(fields, "data_base64", |_| -> Result<(), Wrong> {
            Err("is not taken: send the object in data".into())
        })?;
        let sequence = optional(fields, "sequence", |value| match counter(value) {
            Some(sequence @ 1..) => Ok(sequence),
            _ => Err(format!("must be a whole number from 1 to {LARGEST}, or a string of its digits").into()),
        })?;
        let epoch = optional(fields, "epoch", |value| {
            counter(value).ok_or_else(|| format!("must be a whole number from 0 to {LARGEST}").into())
        })?;
        let data = required(fields, "data", |value| {
            if value.get().starts_with('{') { Ok(value) } else { Err("must be an object".into()) }
        })?;
        Ok(Self { id, source, kind, time, subject, data_schema, sequence, epoch: epoch.unwrap_or(0), data, raw })
    }

    /// Whether two events that bear the same id say the same. Other attributes, such as those of tracing, may differ.
    #[must_use]
    pub fn says_the_same(&self, other: &CloudEvent<'_>) -> bool {
        let same_data = || {
            let value = |event: &CloudEvent<'_>| serde_json::from_str::<serde_json::Value>(event.data.get()).ok();
            self.data.get() == other.data.get() || value(self) == value(other)
        };
        self.raw == other.raw
            || (self.kind == other.kind
                && self.time == other.time
                && (self.epoch, self.sequence) == (other.epoch, other.sequence)
                && self.subject == other.subject
                && self.data_schema == other.data_schema
                && same_data())
    }
}

fn not_an_object<'a>(error: &serde_json::Error) -> RefusedEvent<'a> {
    let detail = if error.is_data() { "an event is a JSON object".into() } else { error.to_string() };
    RefusedEvent { id: None, refusal: Refusal::at(RefusalCode::InvalidEvent, "", detail) }
}

fn required<'a, T>(
    fields: &Fields<'a>,
    name: &'static str,
    read: impl FnOnce(&'a RawValue) -> Result<T, Wrong>,
) -> Result<T, Refusal> {
    optional(fields, name, read)?.ok_or_else(|| wrong(name, "is missing"))
}

/// An attribute whose value is `null` is absent, as the JSON format of CloudEvents has it.
fn optional<'a, T>(
    fields: &Fields<'a>,
    name: &'static str,
    read: impl FnOnce(&'a RawValue) -> Result<T, Wrong>,
) -> Result<Option<T>, Refusal> {
    let present = fields.get(name).map_err(|detail| wrong(name, &detail))?.filter(|value| value.get() != "null");
    present.map(read).transpose().map_err(|detail| wrong(name, &detail))
}

fn wrong(name: &str, detail: &str) -> Refusal {
    Refusal::at(RefusalCode::InvalidEvent, format!("/{name}"), format!("{name} {detail}"))
}

/// A string of 1 to `most` characters, none of them a control character.
fn limited(value: &RawValue, most: usize) -> Result<Cow<'_, str>, Wrong> {
    let text = fields::text(value)?;
    // No text has more characters than bytes, so most need no counting.
    if text.is_empty() || (text.len() > most && text.chars().count() > most) || text.chars().any(char::is_control) {
        return Err(format!("must have 1 to {most} characters, none of them a control character").into());
    }
    Ok(text)
}

/// The characters that RFC 3986 allows; not its whole grammar.
fn uri_reference(value: &RawValue) -> Result<Cow<'_, str>, Wrong> {
    let text = fields::text(value)?;
    let bytes = text.as_bytes();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte);
    let escaped = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    let good = bytes.iter().enumerate().all(|(at, &byte)| allowed(byte) || (byte == b'%' && escaped(at)));
    if good && matches!(bytes.len(), 1..=MAX_SOURCE) {
        Ok(text)
    } else {
        Err(format!("must be a URI reference of 1 to {MAX_SOURCE} characters").into())
    }
}

/// A whole number, or a string of decimal digits.
fn counter(value: &RawValue) -> Option<u64> {
    if !value.get().starts_with('"') {
        return fields::whole(value);
    }
    let text = fields::text(value).ok()?;
    let digits = matches!(text.len(), 1..=32) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|&number| digits && number <= LARGEST)
}
