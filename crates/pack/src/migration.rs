//! Sections written by older versions, brought up to date when a pack opens.

use std::borrow::Cow;

use crate::PackError;

/// Rewrites a section of one version as the next one; the error says what is wrong with the section.
type Rewrite = fn(&[u8]) -> Result<Vec<u8>, String>;

/// One step up: (section, version it starts from, rewriting).
type Step = (&'static str, u32, Rewrite);

/// Known steps. Every section is at its first version, so there are none yet.
const STEPS: &[Step] = &[];

/// Brings `bytes` of `section` from version `found` to version `known`, step by step.
pub(crate) fn migrate<'a>(section: &str, bytes: &'a [u8], found: u32, known: u32) -> Result<Cow<'a, [u8]>, PackError> {
    climb(STEPS, section, bytes, found, known)
}

fn climb<'a>(
    steps: &[Step],
    section: &str,
    bytes: &'a [u8],
    found: u32,
    known: u32,
) -> Result<Cow<'a, [u8]>, PackError> {
    let mut current = Cow::Borrowed(bytes);
    let mut version = found;
    while version != known {
        let step = steps.iter().find(|(name, from, _)| *name == section && *from == version && version < known);
        let Some((_, _, rewrite)) = step else {
            return Err(PackError::SectionVersion { section: section.to_owned(), found, known });
        };
        let rewritten = rewrite(&current);
        current = Cow::Owned(rewritten.map_err(|problem| PackError::Content { section: section.to_owned(), problem })?);
        version += 1;
    }
    Ok(current)
}

#[cfg(test)]
mod tests {
    use super::{Step, climb};
    use crate::PackError;

    const STEPS: &[Step] =
        &[("rules", 1, |bytes| Ok([bytes, b"b"].concat())), ("rules", 2, |bytes| Ok([bytes, b"c"].concat()))];

    #[test]
    fn an_old_section_climbs_to_the_known_version() {
        let migrated = climb(STEPS, "rules", b"a", 1, 3);
        assert_eq!(migrated.as_deref(), Ok(b"abc".as_slice()));
    }

    #[test]
    fn a_newer_section_is_refused_by_name() {
        let refused = climb(STEPS, "rules", b"a", 4, 3);
        assert_eq!(refused, Err(PackError::SectionVersion { section: "rules".into(), found: 4, known: 3 }));
    }
}
