//! Compares what a worker holds with what is true.

use std::{collections::BTreeMap, fmt};

use vitrine_api::{
    device::{Device, Kind, Ordering},
    event::{Status, StoredEvent},
    rollup::Reading,
    stock::StockEntry,
};

use crate::{behaviour::Surroundings, clock::milliseconds, event::Event, ledger::Ledger};

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// Acknowledged, but not there.
    Lost,
    /// There, or counted, more than once.
    Doubled,
    /// There, but the order or what was made of it is not the truth.
    Misplaced,
    /// Taken although it was not the device's.
    FalselyAccepted,
    /// The device's own, and refused.
    Refused,
    /// Never acknowledged, however often it was sent.
    Undelivered,
}

/// Everything that can be wrong, in the order in which it is told.
pub const WRONGS: [(Wrong, &str); 6] = [
    (Wrong::Lost, "lost"),
    (Wrong::Doubled, "doubled"),
    (Wrong::Misplaced, "misplaced"),
    (Wrong::FalselyAccepted, "falsely accepted"),
    (Wrong::Refused, "refused"),
    (Wrong::Undelivered, "undelivered"),
];

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of wrong.
    pub wrong: Wrong,
    /// The device.
    pub device: String,
    /// What was found and what is true.
    pub detail: String,
}

/// What is true of a device.
pub struct Truth<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is.
    pub kind: Kind,
    /// The `source` of its events.
    pub source: &'a str,
    /// What was acknowledged.
    pub ledger: &'a Ledger,
    /// Events that the device still holds.
    pub waiting: Vec<Event>,
    /// How things were in the end.
    pub surroundings: &'a Surroundings,
}

/// What the worker says of a device.
#[derive(Debug)]
pub struct Seen {
    /// Its record.
    pub device: Device,
    /// Its stored events.
    pub events: Vec<StoredEvent>,
    /// Readings per day, by metric.
    pub days: BTreeMap<&'static str, Vec<Reading>>,
    /// Stock of the products it sees.
    pub stock: Vec<StockEntry>,
}

/// Metrics and the member of `data` that each is made of, for kinds whose every event counts.
#[must_use]
pub fn metrics(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::Scale | Kind::Rfid => &[],
        Kind::Footfall => &[("footfall.in", "in"), ("footfall.out", "out")],
        Kind::ColdChain => &[("cold.celsius", "celsius"), ("cold.humidity", "humidity")],
        Kind::Vehicle => &[("vehicle.speed", "metersPerSecond")],
    }
}

/// Everything wrong about one device.
#[must_use]
pub fn judge(truth: &Truth<'_>, seen: &Seen) -> Vec<Finding> {
    let mut judge = Judge { device: truth.id, findings: Vec::new() };
    judge.events(truth, seen);
    judge.order(truth, seen);
    judge.rollups(truth, seen);
    judge.stock(truth, seen);
    for detail in &truth.ledger.falsely_accepted {
        judge.find(Wrong::FalselyAccepted, detail.clone());
    }
    for id in &truth.ledger.refused {
        judge.find(Wrong::Refused, format!("event {id} was refused: {}", reason(&seen.device, id)));
    }
    for event in &truth.waiting {
        judge.find(Wrong::Undelivered, format!("event {} was never acknowledged", event.id()));
    }
    judge.findings
}

fn reason(device: &Device, id: &str) -> String {
    let told = device.refusals.iter().find(|refusal| refusal.id.as_deref() == Some(id));
    told.map_or_else(|| "the reason is no longer told".to_owned(), |refusal| refusal.detail.clone())
}

struct Judge<'a> {
    device: &'a str,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    fn find(&mut self, wrong: Wrong, detail: String) {
        self.findings.push(Finding { wrong, device: self.device.to_owned(), detail });
    }

    /// Each acknowledged event is there once, as it was sent, and nothing else is.
    fn events(&mut self, truth: &Truth<'_>, seen: &Seen) {
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        let known = |id: &str| truth.ledger.events.get(id).or(truth.waiting.iter().find(|event| event.id() == id));
        for stored in &seen.events {
            *times.entry(&stored.id).or_default() += 1;
            match known(&stored.id) {
                Some(event) if is(event, stored, truth.source) => {}
                Some(event) => {
                    let sent = event.cloud_event(truth.source, true);
                    self.find(Wrong::FalselyAccepted, format!("stored {stored:?}, but {sent} was sent"));
                }
                None => self.find(Wrong::FalselyAccepted, format!("event {} was never sent", stored.id)),
            }
        }
        for (id, times) in times.iter().filter(|(_, times)| **times > 1) {
            self.find(Wrong::Doubled, format!("event {id} is stored {times} times"));
        }
        for id in truth.ledger.acknowledged.iter().filter(|id| !times.contains_key(id.as_str())) {
            self.find(Wrong::Lost, format!("event {id} was acknowledged, but is not stored"));
        }
        let (counted, stored) = (seen.device.counts.accepted + seen.device.counts.late, seen.events.len() as u64);
        if counted != stored {
            self.find(Wrong::Misplaced, format!("{counted} events are counted, {stored} are stored"));
        }
    }

    /// Every gap was filled, nothing waits, and no event came too late to count.
    fn order(&mut self, truth: &Truth<'_>, seen: &Seen) {
        if seen.device.ordering == Ordering::Time {
            return;
        }
        for gap in &seen.device.gaps {
            self.find(Wrong::Misplaced, format!("events {} to {} are given as missing", gap.from, gap.to));
        }
        if seen.device.pending > 0 {
            self.find(Wrong::Misplaced, format!("{} events still wait behind a gap", seen.device.pending));
        }
        for id in &truth.ledger.late {
            self.find(Wrong::Misplaced, format!("event {id} was called late"));
        }
    }

    /// Last values and sums are those of each event once, in order.
    fn rollups(&mut self, truth: &Truth<'_>, seen: &Seen) {
        let mut events: Vec<&Event> = truth.ledger.events.values().collect();
        events.sort_by_key(|event| (event.epoch, event.sequence));
        self.sum("events", seen, events.len() as u64, events.len() as f64);
        for (metric, member) in metrics(truth.kind) {
            let values: Vec<(f64, &Event)> =
                events.iter().filter_map(|event| Some((event.data.get(member)?.as_f64()?, *event))).collect();
            self.sum(metric, seen, values.len() as u64, values.iter().map(|(value, _)| value).sum());
            let Some((value, event)) = values.last() else { continue };
            let at = event.at + event.clock_error;
            match seen.device.last.get(*metric) {
                Some(last) if same(last.value, *value, 1) && milliseconds(&last.at) == Some(at) => {}
                other => self.find(Wrong::Misplaced, format!("the last {metric} is {value}, not {other:?}")),
            }
        }
    }

    fn sum(&mut self, metric: &'static str, seen: &Seen, count: u64, sum: f64) {
        let days = seen.days.get(metric).map(Vec::as_slice).unwrap_or_default();
        let counted: u64 = days.iter().map(|day| day.count).sum();
        let summed: f64 = days.iter().map(|day| day.sum).sum();
        let wrong = if counted > count { Wrong::Doubled } else { Wrong::Misplaced };
        // The `events` metric is a count alone.
        if counted != count || (metric != "events" && !same(summed, sum, count)) {
            self.find(wrong, format!("{metric} is {counted} readings of {summed} in all, not {count} of {sum}"));
        }
    }

    /// What is said to lie there does.
    fn stock(&mut self, truth: &Truth<'_>, seen: &Seen) {
        for (sku, units) in &truth.surroundings.units {
            let entry = seen.stock.iter().find(|entry| &entry.sku == sku && entry.site == seen.device.site);
            let told = entry.and_then(|entry| entry.units);
            if told.unwrap_or(0) != u64::from(*units) {
                self.find(Wrong::Misplaced, format!("{units} of {sku} lie there, not {told:?}"));
            }
        }
    }
}

/// Sums are kept in thousandths.
fn same(left: f64, right: f64, count: u64) -> bool {
    (left - right).abs() <= 0.0006 * count as f64
}

fn is(event: &Event, stored: &StoredEvent, source: &str) -> bool {
    stored.source == source
        && stored.kind == event.kind
        && stored.data == event.data
        && stored.epoch == event.epoch
        && stored.sequence.is_none_or(|sequence| sequence == event.sequence)
        && milliseconds(&stored.time) == Some(event.at + event.clock_error)
        && matches!(stored.status, Status::Accepted | Status::Late)
}

/// The whole judgement.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many devices there were.
    pub devices: usize,
    /// How many events they measured.
    pub events: usize,
    /// How many were acknowledged.
    pub acknowledged: usize,
    /// How many forged deliveries arrived.
    pub forged: u64,
    /// Answers by status; 0: none came.
    pub answers: BTreeMap<u16, u64>,
    /// How long sending took, milliseconds.
    pub sending: i64,
    /// How long it took from then until all was in its place, milliseconds.
    pub settling: i64,
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// How many findings there are of one kind.
    #[must_use]
    pub fn count(&self, wrong: Wrong) -> usize {
        self.findings.iter().filter(|finding| finding.wrong == wrong).count()
    }

    /// Nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.events > 0
    }
}

impl fmt::Display for Verdict {
    /// A few lines for people, and the first findings of each kind.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { devices, events, acknowledged, forged, .. } = self;
        writeln!(out, "{events} events of {devices} devices, {acknowledged} acknowledged, {forged} forged deliveries")?;
        let answers: Vec<String> = self
            .answers
            .iter()
            .map(|(status, times)| {
                format!("{} × {times}", if *status == 0 { "none".to_owned() } else { status.to_string() })
            })
            .collect();
        writeln!(out, "answers: {}", answers.join(", "))?;
        let seconds = |milliseconds: i64| milliseconds as f64 / 1000.0;
        writeln!(out, "sent in {:.1} s, settled {:.1} s later", seconds(self.sending), seconds(self.settling))?;
        for (wrong, name) in WRONGS {
            writeln!(out, "{name:<18}{:>6}", self.count(wrong))?;
            for finding in self.findings.iter().filter(|finding| finding.wrong == wrong).take(5) {
                writeln!(out, "  {}: {}", finding.device, finding.detail)?;
            }
        }
        write!(out, "{}", if self.is_clean() { "clean" } else { "not clean" })
    }
}
