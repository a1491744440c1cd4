//! Names of devices, sites and articles: checked when they are made, so that what carries the type is well-formed.
use std::fmt;

use serde::{Deserialize, Serialize};

/// A name that breaks its rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// Devices, sites and keys.
    #[error("expected 1 to 63 of a-z, 0-9 and -, the first no hyphen")]
    Label,
    /// Articles.
    #[error("expected 1 to 64 printable ASCII characters without spaces, quotes, slashes and backslashes")]
    Sku,
}

macro_rules! name {
    ($(#[$about:meta])* $name:ident, $check:path) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the rule.
            ///
            /// # Errors
            /// [`BadName`], which says the rule.
            pub fn new(name: impl Into<String>) -> Result<Self, BadName> {
                let name = name.into();
                $check(&name)?;
                Ok(Self(name))
            }

            /// The name itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadName;
            fn try_from(name: String) -> Result<Self, BadName> {
                Self::new(name)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadName;
            fn from_str(name: &str) -> Result<Self, BadName> {
                Self::new(name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// A device of this shop: `[a-z0-9][a-z0-9-]{0,62}`.
    DeviceId,
    label
);
name!(
    /// A place of this shop (a store, a warehouse): `[a-z0-9][a-z0-9-]{0,62}`.
    SiteId,
    label
);
name!(
    /// One key of a device: `[a-z0-9][a-z0-9-]{0,62}`, unique within the device.
    KeyId,
    label
);
name!(
    /// An article that can be in stock: the id of a catalogue's item or variant.
    Sku,
    sku
);

fn label(name: &str) -> Result<(), BadName> {
    let plain = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if plain && matches!(name.len(), 1..=63) && !name.starts_with('-') { Ok(()) } else { Err(BadName::Label) }
}

fn sku(name: &str) -> Result<(), BadName> {
    let plain = name.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b'/' | b'\\'));
    if plain && matches!(name.len(), 1..=64) { Ok(()) } else { Err(BadName::Sku) }
}

#[cfg(test)]
mod tests {
    use super::{DeviceId, Sku};

    #[test]
    fn names_keep_their_rules() {
        let longest = "a".repeat(63);
        for good in ["scale-1", "0", longest.as_str()] {
            assert!(DeviceId::new(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "Scale", "a_b", "a b", "é", &"a".repeat(64)] {
            assert!(DeviceId::new(bad).is_err(), "{bad}");
        }
        for good in ["denim-jacket", "A.1_2:3~#", &"x".repeat(64)] {
            assert!(Sku::new(good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "a/b", "a\\b", "a\"b", "a'b", "é", &"x".repeat(65)] {
            assert!(Sku::new(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<Sku>("\"a b\"").is_err());
    }
}
