//! The arithmetic of compiled models, on slices of `f32`.
//!
//! Pictures are NHWC with batch 1. Each family is a small struct of shapes with `run`, which checks every length before
//! its first loop, allocates nothing and never panics; families with constant weights also have `pack`, called once when
//! a model is loaded, which brings the weights from the plan's layout into the one that the kernel reads.

mod activate;
mod activation;
mod bytes;
mod conv;
mod copy;
mod depthwise;
mod depthwise_lines;
mod depthwise_rows;
mod elementwise;
mod epilogue;
mod error;
mod finish;
mod gather;
mod halves;
mod image;
mod interleaved;
mod lanes;
mod layer;
mod layout;
mod matmul;
mod narrow;
mod normalize;
mod panels;
mod pointwise;
mod pool;
mod product;
mod reduce;
mod resize;
mod shape;
mod softmax;
mod space;
mod transposed;
mod transposed_tiles;
mod unary;

pub use activation::Activation;
pub use bytes::bytes_of;
pub use conv::Conv;
pub use copy::copy;
pub use depthwise::Depthwise;
pub use elementwise::{Binary, BinaryOp, ScaleChannels};
pub use epilogue::{Epilogue, Operands, Residual};
pub use error::KernelError;
pub use gather::Gather;
pub use halves::widen_halves;
pub use image::{Image, Window};
pub use layout::{Concat, Pad, Slice, Transpose};
pub use matmul::MatMul;
pub use normalize::LayerNorm;
pub use pointwise::Pointwise;
pub use pool::{GlobalAverage, Pool, PoolKind};
pub use reduce::{Reduce, ReduceKind};
pub use resize::{Interpolation, Resize, Sampling};
pub use shape::{MOST_AXES, Shape};
pub use softmax::Softmax;
pub use space::{DepthToSpace, SpaceToDepth};
pub use transposed::TransposedConv;
pub use unary::Unary;
