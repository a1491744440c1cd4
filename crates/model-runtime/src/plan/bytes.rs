//! Little-endian numbers and strings, read with bounds and written.

use crate::error::PlanError;

/// Reads one section from its beginning to its end.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    section: &'static str,
    item: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(section: &'static str, bytes: &'a [u8]) -> Self {
        Self { bytes, section, item: 0 }
    }

    pub(super) fn wrong(&self, what: &'static str) -> PlanError {
        PlanError::Section { section: self.section, item: self.item, what }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], PlanError> {
        let (head, tail) =
            self.bytes.split_at_checked(count).ok_or_else(|| self.wrong("the section ends too early"))?;
        self.bytes = tail;
        Ok(head)
    }

    pub(super) fn u8(&mut self) -> Result<u8, PlanError> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    pub(super) fn u32(&mut self) -> Result<u32, PlanError> {
        let bytes = self.take(4)?;
        Ok(bytes.try_into().map(u32::from_le_bytes).unwrap_or_default())
    }

    pub(super) fn f32(&mut self) -> Result<f32, PlanError> {
        self.u32().map(f32::from_bits)
    }

    pub(super) fn string(&mut self) -> Result<String, PlanError> {
        let length = self.u32()? as usize;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| self.wrong("a name is not UTF-8"))
    }

    /// A list: its length, then its items. Nothing is reserved ahead, so a damaged length costs nothing.
    pub(super) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, PlanError>,
    ) -> Result<Vec<T>, PlanError> {
        let count = self.u32()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Like [`Self::list`], for the section's main list: errors then name the item.
    pub(super) fn items<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, PlanError>,
    ) -> Result<Vec<T>, PlanError> {
        let count = self.u32()?;
        let mut items = Vec::new();
        for number in 0..count {
            self.item = number as usize;
            items.push(item(self)?);
        }
        Ok(items)
    }

    pub(super) fn end(self) -> Result<(), PlanError> {
        if self.bytes.is_empty() { Ok(()) } else { Err(self.wrong("the section has bytes left over")) }
    }
}

/// Writes what [`Reader`] reads.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub(super) fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn f32(&mut self, value: f32) {
        self.u32(value.to_bits());
    }

    pub(super) fn string(&mut self, text: &str) {
        self.u32(length(text.len()));
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.u32(length(items.len()));
        for one in items {
            item(self, one);
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// A count as the file has it. Lists of more than four billion items do not fit into memory in the first place.
pub(super) fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
