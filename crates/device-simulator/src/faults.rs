//! The kinds of misfortune that a fleet can be given.

use std::{fmt, str::FromStr};

use crate::error::SimulatorError;

/// One kind of misfortune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A delivery arrives twice.
    Duplicate,
    /// Deliveries overtake each other, and events within a batch are shuffled.
    Reorder,
    /// A delivery arrives late, after the device has given up waiting for the answer.
    Delay,
    /// The delivery or its answer is lost.
    Drop,
    /// Bits are flipped on the way, and deliveries are forged; none of it may be accepted.
    Corrupt,
    /// The device's clock is wrong, until it mends it from an answer's `Date`.
    Skew,
    /// The device's key is replaced while it sends.
    Rotate,
    /// The device's program restarts: it keeps its store and loses all else.
    Crash,
    /// The device is cut off for a while, then sends everything at once.
    Burst,
}

/// Every fault with its name.
const NAMES: [(Fault, &str); 9] = [
    (Fault::Duplicate, "duplicate"),
    (Fault::Reorder, "reorder"),
    (Fault::Delay, "delay"),
    (Fault::Drop, "drop"),
    (Fault::Corrupt, "corrupt"),
    (Fault::Skew, "skew"),
    (Fault::Rotate, "rotate"),
    (Fault::Crash, "crash"),
    (Fault::Burst, "burst"),
];

/// Which faults happen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Every kind.
    #[must_use]
    pub fn all() -> Self {
        Self(NAMES.map(|(fault, _)| fault).to_vec())
    }

    /// Does this kind happen?
    #[must_use]
    pub fn have(&self, fault: Fault) -> bool {
        self.0.contains(&fault)
    }
}

impl FromStr for Faults {
    type Err = SimulatorError;

    /// Reads names with commas between them, `all`, or `none`.
    fn from_str(text: &str) -> Result<Self, SimulatorError> {
        match text.trim() {
            "all" => return Ok(Self::all()),
            "none" | "" => return Ok(Self::default()),
            _ => {}
        }
        let mut faults = Vec::new();
        for name in text.split(',').map(str::trim) {
            let known = NAMES.iter().find(|(_, known)| *known == name);
            let (fault, _) = known.ok_or_else(|| SimulatorError::UnknownFault { name: name.to_owned() })?;
            faults.push(*fault);
        }
        Ok(Self(faults))
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = NAMES.iter().filter(|(fault, _)| self.have(*fault)).map(|(_, name)| *name).collect();
        out.write_str(if names.is_empty() { "none".to_owned() } else { names.join(",") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_and_written_by_name() {
        let faults: Faults = "reorder, drop".parse().unwrap();
        assert!(faults.have(Fault::Reorder) && faults.have(Fault::Drop) && !faults.have(Fault::Skew));
        assert_eq!(faults.to_string(), "reorder,drop");
        assert_eq!("all".parse::<Faults>().unwrap(), Faults::all());
        assert_eq!(Faults::default().to_string(), "none");
    }

    #[test]
    fn an_unknown_fault_is_named_with_those_there_are() {
        let message = "drop,earthquake".parse::<Faults>().unwrap_err().to_string();
        assert!(message.contains("earthquake") && message.contains("duplicate"), "{message}");
    }
}
