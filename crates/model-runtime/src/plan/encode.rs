//! Writes a plan file: header, then one section after another.

use sha2::{Digest, Sha256};

use super::bytes::{Writer, length};
use super::{Draft, Element, MAGIC, Operand, Port, Shape, VERSION, operator_code};

/// Bytes before the sections: magic, version, number of sections, whole size, hash.
pub(super) const HEADER: usize = 8 + 4 + 4 + 8 + 32;
/// The sections in their order in the file.
pub(super) const SECTIONS: [&str; 5] = ["model", "constants", "values", "steps", "weights"];
/// Weights begin at a multiple of this many bytes from the file's beginning.
pub(super) const ALIGNMENT: usize = 16;

pub(super) fn bytes(draft: &Draft<'_>) -> Vec<u8> {
    let sections = [model(draft), constants(draft), values(draft), steps(draft)];
    let mut body = Vec::new();
    for section in &sections {
        body.extend_from_slice(&length(section.len()).to_le_bytes());
        body.extend_from_slice(section);
    }
    body.extend_from_slice(&length(draft.weights.len()).to_le_bytes());
    while !(HEADER + body.len()).is_multiple_of(ALIGNMENT) {
        body.push(0);
    }
    body.extend_from_slice(&draft.weights);

    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend_from_slice(&MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&length(SECTIONS.len()).to_le_bytes());
    file.extend_from_slice(&((HEADER + body.len()) as u64).to_le_bytes());
    file.extend_from_slice(&Sha256::digest(&body));
    file.extend_from_slice(&body);
    file
}

fn model(draft: &Draft<'_>) -> Vec<u8> {
    let mut out = Writer::default();
    out.string(&draft.name);
    out.u32(draft.arena);
    match &draft.length {
        None => out.u8(0),
        Some(found) => {
            out.u8(1);
            out.string(&found.name);
            out.u32(found.least);
            out.u32(found.most);
        }
    }
    for ports in [&draft.inputs, &draft.outputs] {
        out.list(ports, |out, Port { name, value, range: [lowest, highest] }| {
            out.string(name);
            out.u32(*value);
            out.f32(*lowest);
            out.f32(*highest);
        });
    }
    out.into_bytes()
}

fn constants(draft: &Draft<'_>) -> Vec<u8> {
    let mut out = Writer::default();
    out.list(&draft.constants, |out, constant| {
        shape(out, &constant.shape);
        out.u8(match constant.element {
            Element::F32 => 0,
            Element::F16 => 1,
        });
        out.u32(constant.offset);
    });
    out.into_bytes()
}

fn values(draft: &Draft<'_>) -> Vec<u8> {
    let mut out = Writer::default();
    out.list(&draft.values, |out, value| {
        shape(out, &value.shape);
        out.u32(value.offset);
    });
    out.into_bytes()
}

fn steps(draft: &Draft<'_>) -> Vec<u8> {
    let mut out = Writer::default();
    out.list(&draft.steps, |out, step| {
        out.string(&step.name);
        operator_code::write(out, &step.operator);
        out.list(&step.operands, |out, operand| match *operand {
            Operand::Absent => out.u8(0),
            Operand::Value(index) => {
                out.u8(1);
                out.u32(index);
            }
            Operand::Constant(index) => {
                out.u8(2);
                out.u32(index);
            }
        });
        out.u32(step.output);
    });
    out.into_bytes()
}

fn shape(out: &mut Writer, shape: &Shape) {
    out.list(shape.dims(), |out, dim| {
        out.u32(dim.per_length);
        out.u32(dim.fixed);
    });
}
