//! The operators of a plan and their attributes; what they compute is told in `docs/plan-format.md`.

use super::shape::MAX_RANK;

/// What is done to each element, alone or as the end of a larger operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    /// x
    Identity,
    /// max(x, 0)
    Relu,
    /// min(max(x, low), high)
    Clip {
        /// Lowest result.
        low: f32,
        /// Highest result.
        high: f32,
    },
    /// x where x > 0, else slope * x with one slope per channel, given as an operand.
    PRelu,
    /// x where x > 0, else slope * x.
    LeakyRelu {
        /// The slope of negative elements.
        slope: f32,
    },
    /// x * clip(x + 3, 0, 6) / 6
    HardSwish,
    /// clip(slope * x + shift, 0, 1)
    HardSigmoid {
        /// What x is multiplied by.
        slope: f32,
        /// What is added.
        shift: f32,
    },
    /// 1 / (1 + exp(-x))
    Sigmoid,
    /// x * sigmoid(x)
    Silu,
    /// Hyperbolic tangent.
    Tanh,
    /// x/2 * (1 + erf(x / sqrt 2))
    Gelu,
    /// Square root.
    Sqrt,
    /// e^x
    Exp,
}

/// How a function ends a larger operator that also adds another value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Epilogue {
    /// The function.
    pub function: Function,
    /// Whether the other value is added after the function rather than before it.
    pub add_after: bool,
}

impl Epilogue {
    /// Nothing is done.
    pub const NONE: Self = Self { function: Function::Identity, add_after: false };
}

/// How a window slides over height and width, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Height and width.
    pub kernel: [u32; 2],
    /// Steps down and right.
    pub stride: [u32; 2],
    /// Distance between the window's own rows and columns.
    pub dilation: [u32; 2],
    /// Pixels assumed around the picture: top, left, bottom, right.
    pub pad: [u32; 4],
}

/// What two operands become, element by element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// a + b
    Add,
    /// a - b
    Subtract,
    /// a * b
    Multiply,
    /// a / b
    Divide,
    /// The larger.
    Maximum,
    /// The smaller.
    Minimum,
}

/// What the elements along axes become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The largest.
    Maximum,
}

/// Where pixel `i` of `to` lies in a picture of `from` pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// (i + 1/2) * from / to - 1/2
    HalfPixel,
    /// i * (from - 1) / (to - 1)
    AlignCorners,
    /// i * from / to
    Asymmetric,
}

/// How a window of pixels becomes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// The largest of those inside the picture.
    Maximum,
    /// The mean of those inside the picture.
    Mean,
    /// The sum divided by the window's size, whatever lies outside counting as zero.
    MeanWithBorder,
}

/// One operator with its attributes. Operands are listed in the order given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operator {
    /// Rows times a matrix. Operands: rows (.. x K), weights N x K, bias N, slopes N, value to add (.. x N).
    Linear(Epilogue),
    /// Convolution. Operands: picture 1 x H x W x I, weights O x KH x KW x I, bias O, slopes O, value to add.
    Conv(Window, Epilogue),
    /// Convolution of each channel for itself. Operands: picture 1 x H x W x C, weights KH x KW x C, bias C, slopes C,
    /// value to add.
    Depthwise(Window, Epilogue),
    /// Transposed convolution. Operands: picture 1 x H x W x I, weights O x KH x KW x I, bias O, slopes O, value to add.
    ConvTranspose(Window, Epilogue),
    /// Batched product of two values: (.. x M x K) and (.. x K x N), or (.. x N x K) where `transpose` is set.
    MatMul {
        /// Whether the second operand lies transposed.
        transpose: bool,
        /// What each sum is multiplied by.
        scale: f32,
    },
    /// Pooling over windows. Operand: picture 1 x H x W x C.
    Pool(Window, Pooling),
    /// Reduction of `axes` axes beginning with `axis`. Operand: a value; those axes have size 1 in the result or are left out.
    Reduce {
        /// How.
        how: Reduction,
        /// The first axis.
        axis: u32,
        /// How many axes.
        axes: u32,
    },
    /// Another height and width. Operand: picture 1 x H x W x C.
    Resize {
        /// Where the pixels of the result lie in the operand.
        sampling: Sampling,
        /// Mixes the four pixels around; otherwise takes the one that holds the position.
        linear: bool,
    },
    /// Blocks of `block` x `block` pixels from groups of channels: pixel (y, x), channel c of the result is pixel
    /// (y / block, x / block), channel ((y % block) * block + x % block) * C + c. Operand: picture 1 x H x W x (block^2 C).
    DepthToSpace {
        /// Side of a block.
        block: u32,
    },
    /// A function of each element. Operands: a value, slopes (for [`Function::PRelu`]).
    Unary(Function),
    /// Two operands, element by element; axes of size 1 repeat, missing outer axes too. Operands: a, b, slopes.
    Binary(Arithmetic, Function),
    /// a * b + c, b one number per channel. Operands: a (.. x C), b (C elements), c (like a).
    ScaleAdd,
    /// exp(x) divided by its sum along an axis.
    Softmax {
        /// The axis.
        axis: u32,
    },
    /// Along the last axis: (x - mean) / sqrt(variance + epsilon) * gamma + beta. Operands: value, gamma, beta.
    LayerNorm {
        /// Added to the variance.
        epsilon: f32,
    },
    /// Axes in another order: axis i of the result is axis `order[i]` of the operand.
    Transpose {
        /// The order; unused places hold their own index.
        order: [u8; MAX_RANK],
    },
    /// Elements added before each axis (after it: what the shapes leave), all of one value.
    Pad {
        /// Elements before each axis.
        before: [u32; MAX_RANK],
        /// Their value.
        value: f32,
    },
    /// A part of a value: from `start` in steps of `step` along each axis.
    Slice {
        /// First element of each axis.
        start: [u32; MAX_RANK],
        /// Distance between elements of each axis.
        step: [u32; MAX_RANK],
    },
    /// Operands one after another along an axis.
    Concat {
        /// The axis.
        axis: u32,
    },
    /// Rows of a table. Operands: row numbers (whole numbers as floats), table R x C.
    Gather,
    /// The plan's length as a number, times `scale`. No operands.
    Length {
        /// What it is multiplied by.
        scale: f32,
    },
    /// The operand's elements unchanged, under another shape or at another place.
    Copy,
}

impl Operator {
    /// Whether the result may lie where the first operand lies.
    #[must_use]
    pub const fn can_run_in_place(&self) -> bool {
        matches!(self, Self::Unary(_) | Self::Binary(..) | Self::ScaleAdd)
    }

    /// The operator's name in messages and listings.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Linear(_) => "linear",
            Self::Conv(..) => "conv",
            Self::Depthwise(..) => "depthwise",
            Self::ConvTranspose(..) => "conv-transpose",
            Self::MatMul { .. } => "matmul",
            Self::Pool(..) => "pool",
            Self::Reduce { .. } => "reduce",
            Self::Resize { .. } => "resize",
            Self::DepthToSpace { .. } => "depth-to-space",
            Self::Unary(_) => "unary",
            Self::Binary(..) => "binary",
            Self::ScaleAdd => "scale-add",
            Self::Softmax { .. } => "softmax",
            Self::LayerNorm { .. } => "layer-norm",
            Self::Transpose { .. } => "transpose",
            Self::Pad { .. } => "pad",
            Self::Slice { .. } => "slice",
            Self::Concat { .. } => "concat",
            Self::Gather => "gather",
            Self::Length { .. } => "length",
            Self::Copy => "copy",
        }
    }
}
