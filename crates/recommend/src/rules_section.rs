//! The pack's `rules` section: rows as gaps between item numbers, shares as 16-bit numbers.
//!
//! Layout, little-endian: number of items (u32); then per item the largest weight (f32), the number of
//! successors (LEB128), the gaps between their ascending numbers (LEB128), their shares (u16, never 0).

use crate::postings::Postings;
use crate::rules::{LARGEST_WEIGHT, Rules};

/// Most items a section may claim; guards against absurd lengths.
const MAX_ITEMS: u32 = 1 << 24;

impl Rules {
    /// Writes the section.
    pub fn to_section(&self) -> Vec<u8> {
        let mut bytes = self.items().to_le_bytes().to_vec();
        for (item, scale) in self.scales.iter().enumerate() {
            let (others, shares) = self.rows.row(item as u32);
            bytes.extend(scale.to_le_bytes());
            write_leb128(&mut bytes, others.len() as u32);
            let mut last = 0;
            for &other in others {
                write_leb128(&mut bytes, other - last);
                last = other;
            }
            shares.iter().for_each(|share| bytes.extend(share.to_le_bytes()));
        }
        bytes
    }

    /// Reads and checks the section; the error says what is wrong with it.
    pub fn from_section(bytes: &[u8]) -> Result<Self, String> {
        let mut input = Input { bytes };
        let items = u32::from_le_bytes(input.take()?);
        if items > MAX_ITEMS {
            return Err(format!("it claims {items} items"));
        }
        let mut rows = Postings::default();
        let mut scales = Vec::new();
        let mut row: Vec<(u32, u16)> = Vec::new();
        for item in 0..items {
            let scale = f32::from_le_bytes(input.take()?);
            if !(0.0..=LARGEST_WEIGHT).contains(&scale) {
                return Err(format!("row {item} has the weight {scale}, outside 0 to {LARGEST_WEIGHT}"));
            }
            scales.push(scale);
            row.clear();
            let mut last = 0_u32;
            for index in 0..input.leb128()? {
                let gap = input.leb128()?;
                let other = last.checked_add(gap).filter(|&other| other < items && (index == 0 || gap > 0));
                last = other.ok_or_else(|| format!("row {item} names an item out of order or beyond {items}"))?;
                row.push((last, 0));
            }
            for (other, share) in &mut row {
                *share = u16::from_le_bytes(input.take()?);
                if *share == 0 {
                    return Err(format!("row {item} has the share 0 for item {other}; what never follows is left out"));
                }
            }
            rows.push_row(row.iter().copied());
        }
        if !input.bytes.is_empty() {
            return Err(format!("{} bytes follow the last row", input.bytes.len()));
        }
        Ok(Self { rows, scales })
    }
}

fn write_leb128(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// What is left to read.
struct Input<'a> {
    bytes: &'a [u8],
}

impl Input<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.bytes.split_first_chunk::<N>().ok_or("it ends inside a row")?;
        self.bytes = rest;
        Ok(*head)
    }

    fn leb128(&mut self) -> Result<u32, String> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.take()?;
            if shift == 28 && byte > 0x0f {
                break;
            }
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err("a number is longer than 32 bits".to_owned())
    }
}
