//! What a person should look at: a fridge beyond its limits, a silent device, a scale below zero.
use serde::{Deserialize, Serialize};
use vitrine_devices::{Config, Kind, Milli, Timestamp};

use crate::scale::Certainty;
use crate::things::{ShopDevice, device_clock};

/// For how long a temperature must be beyond a limit, in seconds, where the settings say nothing.
pub const TOLERANCE_SECONDS: u32 = 300;
/// After how many seconds without an event a device is silent, where the settings say nothing.
pub const SILENT_SECONDS: u32 = 900;

/// What kind of alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlarmKind {
    /// Above `maxCelsius` for longer than tolerated.
    TooWarm,
    /// Below `minCelsius` for longer than tolerated.
    TooCold,
    /// No event for longer than `silentAfterSeconds`.
    Silent,
    /// A scale that shows less than nothing.
    NeedsTare,
}

/// One alarm that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alarm {
    /// What kind.
    pub kind: AlarmKind,
    /// Since when.
    pub since: Timestamp,
    /// The last value, in degrees Celsius or grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Milli>,
    /// The limit that it passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Milli>,
}

/// How a device is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceState {
    /// Nothing was received yet.
    Waiting,
    /// It speaks, and nothing is wrong.
    Live,
    /// It has not spoken for too long.
    Silent,
    /// It speaks, and something is wrong.
    Alarm,
    /// Nothing of it is taken any more.
    Revoked,
}

impl DeviceState {
    /// The word, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Live => "live",
            Self::Silent => "silent",
            Self::Alarm => "alarm",
            Self::Revoked => "revoked",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Beyond {
    kind: AlarmKind,
    since: Timestamp,
    value: Milli,
    limit: Milli,
    /// The time of the last reading that was beyond the limit.
    until: Timestamp,
}

/// The state of one fridge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Cold {
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond: Option<Beyond>,
    /// Since when the door stands open, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_since: Option<Timestamp>,
}

impl Cold {
    /// Takes in the next reading.
    pub fn read(&mut self, celsius: Milli, door_open: Option<bool>, at: Timestamp, config: &Config) {
        match door_open {
            Some(true) => self.open_since = self.open_since.or(Some(at)),
            Some(false) => self.open_since = None,
            None => {}
        }
        let passed = match (config.min_celsius, config.max_celsius) {
            (_, Some(limit)) if celsius > limit => Some((AlarmKind::TooWarm, limit)),
            (Some(limit), _) if celsius < limit => Some((AlarmKind::TooCold, limit)),
            _ => None,
        };
        self.beyond = passed.map(|(kind, limit)| {
            let since = self.beyond.filter(|before| before.kind == kind).map_or(at, |before| before.since);
            Beyond { kind, since, value: celsius, limit, until: at }
        });
    }

    /// The alarm that the readings amount to, if any: the temperature was beyond the limit at the first and at the
    /// last of them, and for longer than tolerated in between.
    #[must_use]
    pub fn alarm(&self, config: &Config) -> Option<Alarm> {
        let tolerance = i64::from(config.tolerance_seconds.unwrap_or(TOLERANCE_SECONDS)) * 1000;
        let Beyond { kind, since, value, limit, .. } =
            self.beyond.filter(|beyond| beyond.until.since(beyond.since) >= tolerance)?;
        Some(Alarm { kind, since, value: Some(value), limit: Some(limit) })
    }
}

/// From when on a device is silent if nothing is received; `None` before its first event and once it is revoked.
#[must_use]
pub fn silent_from(device: &ShopDevice) -> Option<Timestamp> {
    let registration = device.registration();
    let seconds = registration.config.silent_after_seconds.unwrap_or(SILENT_SECONDS);
    let last = device.last_stored_at().filter(|_| registration.revoked_at.is_none())?;
    Some(last.plus(i64::from(seconds) * 1000))
}

/// The alarms that go on, sorted by kind.
#[must_use]
pub fn alarms(device: &ShopDevice, now: Timestamp) -> Vec<Alarm> {
    let (registration, things) = (device.registration(), &device.shown().things);
    if registration.revoked_at.is_some() {
        return Vec::new();
    }
    let mut alarms: Vec<Alarm> = things.cold.alarm(&registration.config).into_iter().collect();
    if let Some(since) = silent_from(device).filter(|since| *since <= now) {
        alarms.push(Alarm { kind: AlarmKind::Silent, since, value: None, limit: None });
    }
    if registration.kind == Kind::Scale
        && let Some(held) = things.scale.held(device_clock(device, now), &registration.config)
        && held.certainty == Certainty::NeedsTare
    {
        alarms.push(Alarm { kind: AlarmKind::NeedsTare, since: held.at, value: Some(held.weight()), limit: None });
    }
    alarms
}

/// How the device is doing.
#[must_use]
pub fn state(device: &ShopDevice, now: Timestamp) -> DeviceState {
    if device.registration().revoked_at.is_some() {
        return DeviceState::Revoked;
    }
    let alarms = alarms(device, now);
    match (silent_from(device), alarms.iter().any(|alarm| alarm.kind == AlarmKind::Silent)) {
        (None, _) => DeviceState::Waiting,
        (_, true) => DeviceState::Silent,
        _ if alarms.is_empty() => DeviceState::Live,
        _ => DeviceState::Alarm,
    }
}
