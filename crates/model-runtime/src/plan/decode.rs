//! Reads a plan file into a draft, section by section, trusting nothing.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::bytes::Reader;
use super::encode::{ALIGNMENT, HEADER, SECTIONS};
use super::{
    Constant, Dim, Draft, Element, Length, MAGIC, MAX_ARENA, Operand, Port, Shape, Step, VERSION, Value, operator_code,
};
use crate::error::PlanError;

/// The SHA-256 that a plan's header gives for everything after the header; `None` where there is no header.
#[must_use]
pub fn hash_of(file: &[u8]) -> Option<[u8; 32]> {
    file.get(HEADER - 32..HEADER)?.try_into().ok()
}

/// Elements of the arena, from the beginning of a plan's file; `None` where they are not found there. Nothing is checked but
/// that it is a possible number.
pub(crate) fn arena_of(start: &[u8]) -> Option<usize> {
    let mut model = Reader::new("model", start.get(HEADER + size_of::<u32>()..)?);
    model.string().ok()?;
    let arena = model.u32().ok()?;
    (arena <= MAX_ARENA).then_some(arena as usize)
}

pub(super) fn draft(file: &[u8], hash: bool) -> Result<Draft<'_>, PlanError> {
    let body = header(file, hash)?;
    let mut rest = body;
    let [model, constants, values, steps] = [0, 1, 2, 3].map(|_| section(&mut rest));
    let mut draft = read_model(model)?;
    draft.constants = all("constants", constants, read_constant)?;
    draft.values = all("values", values, read_value)?;
    draft.steps = all("steps", steps, read_step)?;
    draft.weights = Cow::Borrowed(weights(file, rest)?);
    Ok(draft)
}

fn header(file: &[u8], hash: bool) -> Result<&[u8], PlanError> {
    let (head, body) = file.split_at_checked(HEADER).ok_or(PlanError::NotAPlan)?;
    let rest = head.strip_prefix(&MAGIC).ok_or(PlanError::NotAPlan)?;
    let mut rest = Reader::new("header", rest);
    let version = rest.u32()?;
    if version != VERSION {
        return Err(PlanError::Version { found: version });
    }
    if rest.u32()? as usize != SECTIONS.len() {
        return Err(rest.wrong("the number of sections is not that of this version"));
    }
    let expected = u64::from(rest.u32()?) | (u64::from(rest.u32()?) << 32);
    if expected != file.len() as u64 {
        return Err(PlanError::Size { expected, found: file.len() as u64 });
    }
    if hash && hash_of(file) != Some(Sha256::digest(body).into()) {
        return Err(PlanError::Hash);
    }
    Ok(body)
}

/// The next section's bytes; none where its size is not true, which its reader then reports.
fn section<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let Some((size, after)) = rest.split_first_chunk::<4>() else { return &[] };
    let Some((section, after)) = after.split_at_checked(u32::from_le_bytes(*size) as usize) else { return &[] };
    *rest = after;
    section
}

fn weights<'a>(file: &[u8], rest: &'a [u8]) -> Result<&'a [u8], PlanError> {
    let wrong = PlanError::Section { section: "weights", item: 0, what: "their size is not true" };
    let Some((size, after)) = rest.split_first_chunk::<4>() else { return Err(wrong) };
    let begun = file.len() - after.len();
    let padding = begun.next_multiple_of(ALIGNMENT) - begun;
    let Some((_, weights)) = after.split_at_checked(padding) else { return Err(wrong) };
    if weights.len() == u32::from_le_bytes(*size) as usize { Ok(weights) } else { Err(wrong) }
}

fn all<'a, T>(
    name: &'static str,
    bytes: &'a [u8],
    one: impl FnMut(&mut Reader<'a>) -> Result<T, PlanError>,
) -> Result<Vec<T>, PlanError> {
    let mut from = Reader::new(name, bytes);
    let items = from.items(one)?;
    from.end()?;
    Ok(items)
}

fn read_model(bytes: &[u8]) -> Result<Draft<'_>, PlanError> {
    let mut from = Reader::new("model", bytes);
    let name = from.string()?;
    let arena = from.u32()?;
    let length = match from.u8()? {
        0 => None,
        1 => Some(Length { name: from.string()?, least: from.u32()?, most: from.u32()? }),
        _ => return Err(from.wrong("a flag is neither 0 nor 1")),
    };
    let inputs = from.list(read_port)?;
    let outputs = from.list(read_port)?;
    from.end()?;
    Ok(Draft {
        name,
        length,
        arena,
        inputs,
        outputs,
        values: Vec::new(),
        constants: Vec::new(),
        steps: Vec::new(),
        weights: Cow::Borrowed(&[]),
    })
}

fn read_port(from: &mut Reader<'_>) -> Result<Port, PlanError> {
    Ok(Port { name: from.string()?, value: from.u32()?, range: [from.f32()?, from.f32()?] })
}

fn read_shape(from: &mut Reader<'_>) -> Result<Shape, PlanError> {
    let dims = from.list(|from| Ok(Dim { per_length: from.u32()?, fixed: from.u32()? }))?;
    Shape::new(dims).ok_or_else(|| from.wrong("it has more than six axes"))
}

fn read_constant(from: &mut Reader<'_>) -> Result<Constant, PlanError> {
    let shape = read_shape(from)?;
    let element = match from.u8()? {
        0 => Element::F32,
        1 => Element::F16,
        _ => return Err(from.wrong("there is no such kind of element")),
    };
    Ok(Constant { shape, element, offset: from.u32()? })
}

fn read_value(from: &mut Reader<'_>) -> Result<Value, PlanError> {
    Ok(Value { shape: read_shape(from)?, offset: from.u32()? })
}

fn read_step(from: &mut Reader<'_>) -> Result<Step, PlanError> {
    let name = from.string()?;
    let operator = operator_code::read(from)?;
    let operands = from.list(|from| {
        Ok(match from.u8()? {
            0 => Operand::Absent,
            1 => Operand::Value(from.u32()?),
            2 => Operand::Constant(from.u32()?),
            _ => return Err(from.wrong("there is no such kind of operand")),
        })
    })?;
    Ok(Step { name, operator, operands, output: from.u32()? })
}
