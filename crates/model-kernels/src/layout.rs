//! Moving numbers without changing them: padding, joining, cutting, transposing.

use crate::copy::copy;
use crate::error::{KernelError, expect, expect_length};
use crate::shape::{MOST_AXES, Shape, each_row, offset, strides};

/// Surrounds a tensor with one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pad {
    /// Shape of the input.
    pub input: Shape,
    /// Shape of the output: what it has beyond `before` and the input is padding behind.
    pub output: Shape,
    /// How much comes before, on each axis; as many as the shapes have axes.
    pub before: [usize; MOST_AXES],
    /// What the padding holds.
    pub value: f32,
}

impl Pad {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "pad";
        let rank = self.input.rank();
        expect(NAME, rank == self.output.rank(), "input and output have the same axes")?;
        let fits = (0..rank)
            .all(|axis| self.before[axis].saturating_add(self.input.sides()[axis]) <= self.output.sides()[axis]);
        expect(NAME, fits, "the output must have room for the input and what comes before it")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.output.len())?;
        output.fill(self.value);
        let mut before = [0; MOST_AXES];
        before[MOST_AXES - rank..].copy_from_slice(&self.before[..rank]);
        let steps = strides(&self.output.aligned());
        let start: usize = before.iter().zip(&steps).map(|(before, step)| before * step).sum();
        copy_box(&self.input.aligned(), input, 0, &strides(&self.input.aligned()), output, start, &steps);
        Ok(())
    }
}

/// Joins tensors along an axis: called once per part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concat {
    /// Shape of the part.
    pub part: Shape,
    /// The axis along which parts are joined.
    pub axis: usize,
    /// The side of the output on that axis.
    pub total: usize,
    /// Where on that axis this part begins.
    pub start: usize,
}

impl Concat {
    /// Copies the part to its place in the output.
    pub fn run(&self, part: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "concat";
        expect(NAME, self.axis < self.part.rank(), "the axis must be one of the part's")?;
        let (before, side, after) = self.part.around(self.axis);
        expect(NAME, self.start.saturating_add(side) <= self.total, "the part must lie inside the output")?;
        expect_length(NAME, "part", part, self.part.len())?;
        let wide = self.total.saturating_mul(after);
        expect_length(NAME, "output", output, before.saturating_mul(wide))?;
        if part.is_empty() {
            return Ok(());
        }
        for (from, to) in part.chunks_exact(side * after).zip(output.chunks_exact_mut(wide)) {
            copy(from, &mut to[self.start * after..][..side * after]);
        }
        Ok(())
    }
}

/// Cuts a box out of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Shape of the input.
    pub input: Shape,
    /// Shape of what is cut out.
    pub output: Shape,
    /// Where the box begins, on each axis.
    pub start: [usize; MOST_AXES],
    /// Steps between what is kept, on each axis; 1 for everything.
    pub step: [usize; MOST_AXES],
}

impl Slice {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "slice";
        let rank = self.input.rank();
        expect(NAME, rank == self.output.rank(), "input and output have the same axes")?;
        let inside = (0..rank).all(|axis| {
            let kept = self.output.sides()[axis];
            let last = kept.saturating_sub(1).saturating_mul(self.step[axis]).saturating_add(self.start[axis]);
            kept == 0 || last < self.input.sides()[axis]
        });
        expect(NAME, inside, "the box must lie inside the input")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.output.len())?;
        if output.is_empty() {
            return Ok(());
        }
        let whole = strides(&self.input.aligned());
        let mut steps = whole;
        let mut start = 0;
        for axis in 0..rank {
            let place = MOST_AXES - rank + axis;
            start += self.start[axis] * whole[place];
            steps[place] = whole[place] * self.step[axis];
        }
        copy_box(&self.output.aligned(), input, start, &steps, output, 0, &strides(&self.output.aligned()));
        Ok(())
    }
}

/// Reorders axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transpose {
    /// Shape of the input.
    pub input: Shape,
    /// Which axis of the input each axis of the output is; as many as the input has.
    pub order: [usize; MOST_AXES],
}

impl Transpose {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "transpose";
        let rank = self.input.rank();
        let order = &self.order[..rank];
        expect(NAME, (0..rank).all(|axis| order.contains(&axis)), "the order must name each axis once")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.input.len())?;
        let whole = strides(&self.input.aligned());
        let (mut sides, mut steps) = ([1; MOST_AXES], [0; MOST_AXES]);
        for (axis, from) in order.iter().enumerate() {
            sides[MOST_AXES - rank + axis] = self.input.sides()[*from];
            steps[MOST_AXES - rank + axis] = whole[MOST_AXES - rank + from];
        }
        copy_box(&sides, input, 0, &steps, output, 0, &strides(&sides));
        Ok(())
    }
}

/// Copies a box of `sides` from one walk to another; the offsets have been checked to lie inside.
fn copy_box(
    sides: &[usize; MOST_AXES],
    from: &[f32],
    from_start: usize,
    from_steps: &[usize; MOST_AXES],
    to: &mut [f32],
    to_start: usize,
    to_steps: &[usize; MOST_AXES],
) {
    let length = sides[MOST_AXES - 1];
    let (from_step, to_step) = (from_steps[MOST_AXES - 1], to_steps[MOST_AXES - 1]);
    each_row(sides, |at| {
        let from = &from[from_start + offset(at, from_steps)..];
        let to = &mut to[to_start + offset(at, to_steps)..];
        if from_step == 1 && to_step == 1 {
            copy(&from[..length], &mut to[..length]);
        } else {
            for index in 0..length {
                to[index * to_step] = from[index * from_step];
            }
        }
    });
}
