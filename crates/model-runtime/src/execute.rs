//! Runs one step: lends the kernel its operands and its place in the arena.

use vitrine_model_kernels::{Concat, KernelError, Operands, Shape, copy};

use crate::geometry::Geometry;
use crate::load::{Place, Ready, Source};

/// What can be read while the result's place is being written: the arena on both sides of it, and the constants.
struct Readable<'a> {
    before: &'a [f32],
    after: &'a [f32],
    after_start: usize,
    constants: &'a [Vec<f32>],
}

impl<'a> Readable<'a> {
    /// An operand's elements; empty where there is none, or where it lies where the result is written.
    fn get(&self, source: Option<&Source>) -> &'a [f32] {
        match source {
            None | Some(Source::Nothing) => &[],
            Some(Source::Constant(index)) => self.constants.get(*index as usize).map_or(&[], Vec::as_slice),
            Some(Source::Arena(Place { start, end })) => self.before.get(*start..*end).unwrap_or_else(|| {
                let inside = |at: usize| at.checked_sub(self.after_start);
                inside(*start).zip(inside(*end)).and_then(|(start, end)| self.after.get(start..end)).unwrap_or_default()
            }),
        }
    }
}

/// Runs a step. Nothing is written where the kernel refuses.
pub(crate) fn execute(
    ready: &Ready,
    concat_parts: &[Shape],
    arena: &mut [f32],
    scratch: &mut [f32],
    constants: &[Vec<f32>],
) -> Result<(), KernelError> {
    let Place { start, end } = ready.output;
    let Some((before, rest)) = arena.split_at_mut_checked(start) else { return Err(outside(end)) };
    let Some((output, after)) = rest.split_at_mut_checked(end.saturating_sub(start)) else { return Err(outside(end)) };
    let read = Readable { before, after, after_start: end, constants };
    let operand = |position: usize| read.get(ready.operands.get(position));
    let in_place = matches!(ready.operands.first(), Some(Source::Arena(place)) if *place == ready.output);
    let packed = ready.packed.as_slice();
    let epilogue = || Operands { bias: operand(2), slopes: operand(3), residual: operand(4) };
    let scratch = scratch.get_mut(..ready.scratch_len()).unwrap_or_default();
    match &ready.geometry {
        Geometry::Pointwise(kernel) => kernel.run(packed, &epilogue(), operand(0), output),
        Geometry::Conv(kernel) => kernel.run(packed, &epilogue(), operand(0), output, scratch),
        Geometry::Depthwise(kernel) => kernel.run(packed, &epilogue(), operand(0), output),
        Geometry::Transposed(kernel) => kernel.run(packed, &epilogue(), operand(0), output, scratch),
        Geometry::MatMul(kernel) => kernel.run(operand(0), operand(1), output, scratch),
        Geometry::Pool(kernel) => kernel.run(operand(0), output),
        Geometry::GlobalAverage(kernel) => kernel.run(operand(0), output),
        Geometry::Reduce(kernel) => kernel.run(operand(0), output),
        Geometry::Resize(kernel) => kernel.run(operand(0), output),
        Geometry::DepthToSpace(kernel) => kernel.run(operand(0), output),
        Geometry::Unary(kernel) if in_place => kernel.run_in_place(operand(1), output),
        Geometry::Unary(kernel) => kernel.run(operand(1), operand(0), output),
        Geometry::Binary(kernel) if in_place => kernel.run_in_place(output, operand(1)),
        Geometry::Binary(kernel) => kernel.run(operand(0), operand(1), output),
        Geometry::ScaleChannels(kernel) if in_place => kernel.run_in_place(output, operand(1), operand(2)),
        Geometry::ScaleChannels(kernel) => kernel.run(operand(0), operand(1), operand(2), output),
        Geometry::Softmax(kernel) => kernel.run(operand(0), output),
        Geometry::LayerNorm(kernel) => kernel.run(operand(1), operand(2), operand(0), output),
        Geometry::Transpose(kernel) => kernel.run(operand(0), output),
        Geometry::Pad(kernel) => kernel.run(operand(0), output),
        Geometry::Slice(kernel) => kernel.run(operand(0), output),
        Geometry::Concat { axis, total } => {
            let mut start = 0;
            for (position, part) in concat_parts.iter().enumerate() {
                let side = part.sides().get(*axis).copied().unwrap_or(0);
                Concat { part: *part, axis: *axis, total: *total, start }.run(operand(position), output)?;
                start += side;
            }
            Ok(())
        }
        Geometry::Gather(kernel) => kernel.run(operand(1), operand(0), output),
        Geometry::Length(value) => {
            output.fill(*value);
            Ok(())
        }
        Geometry::Copy => {
            let from = operand(0);
            if from.len() != output.len() {
                return Err(KernelError::Length {
                    kernel: "copy",
                    what: "input",
                    needed: output.len(),
                    found: from.len(),
                });
            }
            copy(from, output);
            Ok(())
        }
    }
}

fn outside(end: usize) -> KernelError {
    KernelError::Length { kernel: "step", what: "arena", needed: end, found: 0 }
}
