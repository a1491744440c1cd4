//! Stock of an article at a site: what each source says, how old that is, and whether they agree.
use serde::{Deserialize, Serialize};
use vitrine_devices::{DeviceId, Kind, SiteId, Sku, Timestamp};

use crate::scale::Certainty;
use crate::things::{ShopDevice, device_clock};

/// How long a source counts, in milliseconds; the count by orders has no age.
pub const FRESH: i64 = 86_400_000;

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A shelf scale.
    Scale,
    /// A reader or gate for tags.
    Rfid,
    /// The last stocktake, less what was ordered since.
    Ordered,
    /// The last stocktake itself.
    Counted,
}

/// How far a source is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// It says a whole count.
    Exact,
    /// It lies between two counts.
    Between,
    /// The scale needs a new tare.
    NeedsTare,
    /// It is too old to count.
    Old,
    /// The device was revoked.
    Revoked,
}

/// What one source says, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// What kind.
    pub kind: SourceKind,
    /// The device, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// The count; negative where more was ordered than counted.
    pub units: i64,
    /// The two counts that it lies between, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[u64; 2]>,
    /// When that was seen.
    pub observed_at: Timestamp,
    /// How far it is to be believed.
    pub state: SourceState,
}

/// A source with what depends on the moment of asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// What kind.
    pub kind: SourceKind,
    /// The device, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// The count.
    pub units: i64,
    /// The two counts that it lies between, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[u64; 2]>,
    /// When that was seen.
    pub observed_at: Timestamp,
    /// How long ago.
    pub age_seconds: u64,
    /// How far it is to be believed.
    pub state: SourceState,
}

/// Stock of one article at one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StockEntry {
    /// The article.
    pub sku: Sku,
    /// The site.
    pub site: SiteId,
    /// The count to go by; `None` where no source counts. Never an average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// All sources: those that count first, the freshest first.
    pub sources: Vec<SourceView>,
    /// Whether all sources that count say the same.
    pub agreed: bool,
    /// Difference between the greatest and the least of them.
    pub spread: u64,
}

/// What one device says of articles: a scale of the one on it, a reader of all in its map.
#[must_use]
pub fn of_device(device: &ShopDevice, now: Timestamp) -> Vec<(Sku, Source)> {
    let (registration, things) = (device.registration(), &device.shown().things);
    let (config, id) = (&registration.config, &registration.id);
    let state = |otherwise| if registration.revoked_at.is_some() { SourceState::Revoked } else { otherwise };
    match (registration.kind, things.at) {
        (Kind::Scale, _) => {
            let held = things.scale.held(device_clock(device, now), config);
            let source = registration.sku.clone().zip(held).map(|(sku, held)| {
                let certainty = match held.certainty {
                    Certainty::Exact => SourceState::Exact,
                    Certainty::Between => SourceState::Between,
                    Certainty::NeedsTare => SourceState::NeedsTare,
                };
                let (units, between) = (i64::try_from(held.units).unwrap_or(i64::MAX), held.between);
                let (kind, device) = (SourceKind::Scale, Some(id.clone()));
                (sku, Source { kind, device, units, between, observed_at: held.at, state: state(certainty) })
            });
            source.into_iter().collect()
        }
        (Kind::Rfid, Some(observed_at)) => {
            let (units, _) = things.tags.units(&config.tags);
            let source = |units: u64| Source {
                kind: SourceKind::Rfid,
                device: Some(id.clone()),
                units: i64::try_from(units).unwrap_or(i64::MAX),
                between: None,
                observed_at,
                state: state(SourceState::Exact),
            };
            units.into_iter().map(|(sku, units)| (sku, source(units))).collect()
        }
        _ => Vec::new(),
    }
}

/// Puts the sources of one article at one site together. Several scales of one article add up, as shelves do; several
/// readers see the same pieces and do not.
///
/// `units` are those of the freshest scale or reader that is not older than a day, else what orders leave of the last
/// stocktake. Sources that say something else are shown, with `agreed` false; nothing is averaged.
#[must_use]
pub fn entry(sku: Sku, site: SiteId, sources: impl IntoIterator<Item = Source>, now: Timestamp) -> StockEntry {
    let mut sources: Vec<SourceView> = sources.into_iter().map(|source| view(source, now)).collect();
    sources.sort_by(|one, other| {
        let rank = |source: &SourceView| (!counts(source), is_book(source), std::cmp::Reverse(source.observed_at));
        rank(one).cmp(&rank(other)).then_with(|| (one.kind, &one.device).cmp(&(other.kind, &other.device)))
    });
    let mut said: Vec<i64> = Vec::new();
    let mut scales: Option<i64> = None;
    for source in sources.iter().filter(|source| counts(source) && source.kind != SourceKind::Counted) {
        if source.kind == SourceKind::Scale {
            *scales.get_or_insert(0) += source.units;
        } else {
            said.push(source.units);
        }
    }
    said.extend(scales);
    let (least, greatest) = (said.iter().min().copied().unwrap_or(0), said.iter().max().copied().unwrap_or(0));
    let first = sources.iter().find(|source| counts(source) && source.kind != SourceKind::Counted);
    let units = first.map(|first| match first.kind {
        SourceKind::Scale => scales.unwrap_or(0),
        _ => first.units,
    });
    StockEntry {
        sku,
        site,
        units: units.map(|units| u64::try_from(units).unwrap_or(0)),
        sources,
        agreed: least == greatest,
        spread: greatest.abs_diff(least),
    }
}

/// Whether a source is bookkeeping, not a sensor.
const fn is_book(source: &SourceView) -> bool {
    matches!(source.kind, SourceKind::Ordered | SourceKind::Counted)
}

const fn counts(source: &SourceView) -> bool {
    matches!(source.state, SourceState::Exact | SourceState::Between)
}

fn view(source: Source, now: Timestamp) -> SourceView {
    let age = now.since(source.observed_at).max(0);
    let Source { kind, device, units, between, observed_at, state } = source;
    let sensor = matches!(kind, SourceKind::Scale | SourceKind::Rfid);
    let state = if sensor && age > FRESH && state != SourceState::Revoked { SourceState::Old } else { state };
    let age_seconds = u64::try_from(age / 1000).unwrap_or(0);
    SourceView { kind, device, units, between, observed_at, age_seconds, state }
}
