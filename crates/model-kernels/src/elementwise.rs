//! Two tensors, number by number, with broadcasting.

use crate::activate::activate_slice;
use crate::activation::Activation;
use crate::copy::copy;
use crate::error::{KernelError, expect, expect_length};
use crate::shape::{MOST_AXES, Shape, each_row, offset, strides};

/// What is done with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `a / b`
    Div,
    /// The greater.
    Max,
    /// The smaller.
    Min,
    /// `(a - b)²`
    SquaredDifference,
}

impl BinaryOp {
    /// The operation on two numbers.
    pub fn of(self, a: f32, b: f32) -> f32 {
        match self {
            Self::Add => a + b,
            Self::Sub => a - b,
            Self::Mul => a * b,
            Self::Div => a / b,
            Self::Max => a.max(b),
            Self::Min => a.min(b),
            Self::SquaredDifference => (a - b) * (a - b),
        }
    }

    /// The operation on each number of `data` and what stands beside it in `right`.
    #[inline(never)]
    fn each<'a>(self, data: &mut [f32], right: impl IntoIterator<Item = &'a f32>) {
        let pairs = data.iter_mut().zip(right);
        // The choice is outside, so that each loop can be done four numbers at a time.
        match self {
            Self::Add => pairs.for_each(|(a, b)| *a += b),
            Self::Sub => pairs.for_each(|(a, b)| *a -= b),
            Self::Mul => pairs.for_each(|(a, b)| *a *= b),
            other => pairs.for_each(|(a, b)| *a = other.of(*a, *b)),
        }
    }
}

/// `activation(left op right)`; shapes are aligned at their last axes, and a side of 1 is repeated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Binary {
    /// What is done.
    pub op: BinaryOp,
    /// Shape on the left.
    pub left: Shape,
    /// Shape on the right.
    pub right: Shape,
    /// What is done to the result; not `Prelu`.
    pub activation: Activation,
}

impl Binary {
    /// The shape of the result, where the two go together.
    pub fn output(&self) -> Result<Shape, KernelError> {
        let (left, right) = (self.left.aligned(), self.right.aligned());
        let together = left.iter().zip(&right).all(|(a, b)| a == b || *a == 1 || *b == 1);
        expect(NAME, together, "sides must be equal, or one of them 1")?;
        let mut sides = [1; MOST_AXES];
        for (side, (a, b)) in sides.iter_mut().zip(left.iter().zip(&right)) {
            *side = if *a == 1 { *b } else { *a };
        }
        Shape::new(&sides[MOST_AXES - self.left.rank().max(self.right.rank())..])
    }

    /// Runs.
    pub fn run(&self, left: &[f32], right: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        let shape = self.check(right)?;
        expect_length(NAME, "left", left, self.left.len())?;
        expect_length(NAME, "output", output, shape.len())?;
        if left.len() == output.len() && right.len() == output.len() {
            let parts = left.chunks(PART).zip(right.chunks(PART));
            for ((left, right), to) in parts.zip(output.chunks_mut(PART)) {
                copy(left, to);
                self.op.each(to, right);
            }
            activate_slice(self.activation, output);
            return Ok(());
        }
        if left.len() == output.len() {
            copy(left, output);
            self.over(&shape, output, right);
            return Ok(());
        }
        let sides = shape.aligned();
        let (a_steps, b_steps) = (repeated(&self.left), repeated(&self.right));
        let last = MOST_AXES - 1;
        let mut rows = output.chunks_exact_mut(sides[last].max(1));
        each_row(&sides, |at| {
            let (a, b) = (&left[offset(at, &a_steps)..], &right[offset(at, &b_steps)..]);
            for (index, to) in rows.next().into_iter().flatten().enumerate() {
                *to = self.op.of(a[index * a_steps[last]], b[index * b_steps[last]]);
            }
        });
        activate_slice(self.activation, output);
        Ok(())
    }

    /// The same over the left operand, which must have the shape of the result.
    pub fn run_in_place(&self, data: &mut [f32], right: &[f32]) -> Result<(), KernelError> {
        let shape = self.check(right)?;
        expect(NAME, shape.aligned() == self.left.aligned(), "in place, the left side must have the result's shape")?;
        expect_length(NAME, "data", data, self.left.len())?;
        self.over(&shape, data, right);
        Ok(())
    }

    fn check(&self, right: &[f32]) -> Result<Shape, KernelError> {
        expect(NAME, self.activation != Activation::Prelu, "PReLU is a kernel of its own")?;
        expect_length(NAME, "right", right, self.right.len())?;
        self.output()
    }

    /// Over numbers that have the shape of the result.
    fn over(&self, shape: &Shape, data: &mut [f32], right: &[f32]) {
        if data.is_empty() {
            return;
        }
        let (own, sides) = (self.right.aligned(), shape.aligned());
        // What is repeated at the front alone is a run that comes again and again.
        let repeats = sides.iter().zip(&own).skip_while(|(_, own)| **own == 1).all(|(side, own)| side == own);
        if let [one] = right {
            self.op.each(data, core::iter::repeat(one));
        } else if repeats {
            data.chunks_exact_mut(right.len()).for_each(|data| self.op.each(data, right));
        } else {
            let steps = repeated(&self.right);
            let last = MOST_AXES - 1;
            let mut rows = data.chunks_exact_mut(sides[last]);
            each_row(&sides, |at| {
                let right = &right[offset(at, &steps)..];
                let Some(row) = rows.next() else { return };
                if steps[last] == 0 {
                    self.op.each(row, core::iter::repeat(&right[0]));
                } else {
                    self.op.each(row, right);
                }
            });
        }
        activate_slice(self.activation, data);
    }
}

const NAME: &str = "elementwise";

/// Numbers per call of an inner loop: they stay in the first cache, and the calls are many.
const PART: usize = 2048;

/// Steps per axis, 0 where a side of 1 is repeated.
fn repeated(shape: &Shape) -> [usize; MOST_AXES] {
    let sides = shape.aligned();
    let mut steps = strides(&sides);
    for (step, side) in steps.iter_mut().zip(&sides) {
        if *side == 1 {
            *step = 0;
        }
    }
    steps
}

/// Multiplies each channel by its own factor, as squeeze-and-excite does, and may add a tensor of the same extent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScaleChannels {
    /// Pixels.
    pub rows: usize,
    /// Channels.
    pub channels: usize,
}

impl ScaleChannels {
    fn check(&self, factors: &[f32], addend: &[f32], data: &[f32]) -> Result<(), KernelError> {
        const NAME: &str = "scale channels";
        expect(NAME, self.channels > 0, "there must be a channel")?;
        let length = self.rows.saturating_mul(self.channels);
        expect_length(NAME, "factors", factors, self.channels)?;
        if !addend.is_empty() {
            expect_length(NAME, "addend", addend, length)?;
        }
        expect_length(NAME, "data", data, length)
    }

    /// `output = input * factors + addend`; the addend may be empty.
    pub fn run(&self, input: &[f32], factors: &[f32], addend: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        self.check(factors, addend, input)?;
        expect_length("scale channels", "output", output, input.len())?;
        let parts = input.chunks(self.part()).zip(output.chunks_mut(self.part()));
        for (index, (from, to)) in parts.enumerate() {
            copy(from, to);
            scale(to, factors, addend.get(index * self.part()..).unwrap_or_default());
        }
        Ok(())
    }

    /// The same over its own input.
    pub fn run_in_place(&self, data: &mut [f32], factors: &[f32], addend: &[f32]) -> Result<(), KernelError> {
        self.check(factors, addend, data)?;
        self.over(data, factors, addend);
        Ok(())
    }

    /// Numbers of some whole pixels.
    fn part(&self) -> usize {
        (PART / self.channels).max(1) * self.channels
    }

    fn over(&self, data: &mut [f32], factors: &[f32], addend: &[f32]) {
        for (index, part) in data.chunks_mut(self.part()).enumerate() {
            scale(part, factors, addend.get(index * self.part()..).unwrap_or_default());
        }
    }
}

/// Scales some pixels. A function of its own: the browser replaces its first, slow code only between calls.
#[inline(never)]
fn scale(data: &mut [f32], factors: &[f32], addend: &[f32]) {
    if addend.is_empty() {
        for pixel in data.chunks_exact_mut(factors.len()) {
            pixel.iter_mut().zip(factors).for_each(|(x, factor)| *x *= factor);
        }
    } else {
        for (pixel, more) in data.chunks_exact_mut(factors.len()).zip(addend.chunks_exact(factors.len())) {
            for ((x, factor), more) in pixel.iter_mut().zip(factors).zip(more) {
                *x = *x * factor + more;
            }
        }
    }
}
