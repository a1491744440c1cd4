//! Waits until what the worker holds is in its place, judges it, and revokes the fleet.

use std::{
    collections::BTreeMap,
    thread,
    time::{Duration, Instant},
};

use crate::{
    error::SimulatorError,
    fleet::{Patience, now, patiently},
    member::Member,
    pool::deliver,
    shop::Shop,
    verdict::{Finding, Seen, Truth, Verdict, Wrong, judge, metrics},
};

/// Judges every device, those that are not clean again and again until they are, or until time is up.
pub(crate) fn judge_all(
    shop: &Shop<'_>,
    members: &mut [Member],
    patience: &Patience,
) -> Result<Verdict, SimulatorError> {
    let begun = now();
    let until = Instant::now() + patience.settle;
    let mut wrong: BTreeMap<usize, Vec<Finding>> = (0..members.len()).map(|index| (index, Vec::new())).collect();
    loop {
        let mut still = BTreeMap::new();
        for index in wrong.keys() {
            let Some(member) = members.get(*index) else { continue };
            let seen = patiently(patience.stuck, || look(shop, member))?;
            let findings = judge(&truth(member), &seen);
            if !findings.is_empty() {
                still.insert(*index, findings);
            }
        }
        wrong = still;
        if wrong.is_empty() || Instant::now() > until {
            break;
        }
        thread::sleep(Duration::from_millis(500));
    }
    let settling = now() - begun;
    let mut findings: Vec<Finding> = wrong.into_values().flatten().collect();
    if !patience.keep {
        for member in members.iter_mut() {
            findings.extend(revoke(shop, member, patience)?);
        }
    }
    let mut verdict = Verdict { devices: members.len(), settling, findings, ..Verdict::default() };
    for member in members.iter() {
        verdict.acknowledged += member.ledger.acknowledged.len();
        verdict.forged += member.ledger.forged;
        for (status, times) in &member.ledger.answers {
            *verdict.answers.entry(*status).or_default() += times;
        }
    }
    Ok(verdict)
}

fn truth(member: &Member) -> Truth<'_> {
    Truth {
        id: &member.id,
        kind: member.kind,
        source: &member.source,
        ledger: &member.ledger,
        waiting: member.device.stored(),
        surroundings: &member.surroundings,
    }
}

/// Everything that the worker says of one device.
fn look(shop: &Shop<'_>, member: &Member) -> Result<Seen, SimulatorError> {
    let events = shop.events(&member.id)?;
    let device = shop.device(&member.id)?.ok_or_else(|| SimulatorError::Gone { device: member.id.clone() })?;
    let mut days = BTreeMap::new();
    for metric in metrics(member.kind).iter().map(|(metric, _)| *metric).chain(["events"]) {
        days.insert(metric, shop.days(&member.id, metric)?);
    }
    let mut stock = Vec::new();
    for sku in member.surroundings.units.keys() {
        stock.extend(shop.stock(sku)?);
    }
    Ok(Seen { device, events, days, stock })
}

/// Revokes a device; its last key must be worth nothing from then on.
fn revoke(shop: &Shop<'_>, member: &mut Member, patience: &Patience) -> Result<Vec<Finding>, SimulatorError> {
    patiently(patience.stuck, || shop.revoke(&member.id))?;
    let probe = member.after_revocation(now());
    let answer = patiently(patience.stuck, || {
        let what = format!("trying the revoked key of {}", member.id);
        deliver(shop, &member.id, &probe).map_err(|error| SimulatorError::Unreachable { what, error })
    })?;
    let before = member.ledger.falsely_accepted.len();
    member.ledger.note(&probe, Some(&answer));
    let more = member.ledger.falsely_accepted.iter().skip(before);
    Ok(more
        .map(|detail| Finding { wrong: Wrong::FalselyAccepted, device: member.id.clone(), detail: detail.clone() })
        .collect())
}
