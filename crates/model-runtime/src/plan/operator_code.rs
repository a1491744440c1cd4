//! Operators as bytes: a code, then the attributes in the order of `docs/plan-format.md`.

use super::bytes::{Reader, Writer};
use super::operator::{Arithmetic, Epilogue, Function, Operator, Pooling, Reduction, Sampling, Window};
use crate::error::PlanError;

pub(super) fn write(out: &mut Writer, operator: &Operator) {
    match *operator {
        Operator::Linear(epilogue) => {
            out.u8(1);
            write_epilogue(out, epilogue);
        }
        Operator::Conv(window, epilogue) => write_windowed(out, 2, window, epilogue),
        Operator::Depthwise(window, epilogue) => write_windowed(out, 3, window, epilogue),
        Operator::ConvTranspose(window, epilogue) => write_windowed(out, 4, window, epilogue),
        Operator::MatMul { transpose, scale } => {
            out.u8(5);
            out.u8(u8::from(transpose));
            out.f32(scale);
        }
        Operator::Pool(window, how) => {
            out.u8(6);
            write_window(out, window);
            out.u8(match how {
                Pooling::Maximum => 0,
                Pooling::Mean => 1,
                Pooling::MeanWithBorder => 2,
            });
        }
        Operator::Reduce { how, axis, axes } => {
            out.u8(7);
            out.u8(match how {
                Reduction::Sum => 0,
                Reduction::Mean => 1,
                Reduction::Maximum => 2,
            });
            out.u32(axis);
            out.u32(axes);
        }
        Operator::Resize { sampling, linear } => {
            out.u8(8);
            out.u8(match sampling {
                Sampling::HalfPixel => 0,
                Sampling::AlignCorners => 1,
                Sampling::Asymmetric => 2,
            });
            out.u8(u8::from(linear));
        }
        Operator::Unary(function) => {
            out.u8(9);
            write_function(out, function);
        }
        Operator::Binary(how, function) => {
            out.u8(10);
            out.u8(match how {
                Arithmetic::Add => 0,
                Arithmetic::Subtract => 1,
                Arithmetic::Multiply => 2,
                Arithmetic::Divide => 3,
                Arithmetic::Maximum => 4,
                Arithmetic::Minimum => 5,
            });
            write_function(out, function);
        }
        Operator::ScaleAdd => out.u8(11),
        Operator::Softmax { axis } => {
            out.u8(12);
            out.u32(axis);
        }
        Operator::LayerNorm { epsilon } => {
            out.u8(13);
            out.f32(epsilon);
        }
        Operator::Transpose { order } => {
            out.u8(14);
            for axis in order {
                out.u8(axis);
            }
        }
        Operator::Pad { before, value } => {
            out.u8(15);
            for count in before {
                out.u32(count);
            }
            out.f32(value);
        }
        Operator::Slice { start, step } => {
            out.u8(16);
            for number in start.into_iter().chain(step) {
                out.u32(number);
            }
        }
        Operator::Concat { axis } => {
            out.u8(17);
            out.u32(axis);
        }
        Operator::Gather => out.u8(18),
        Operator::Length { scale } => {
            out.u8(19);
            out.f32(scale);
        }
        Operator::Copy => out.u8(20),
        Operator::DepthToSpace { block } => {
            out.u8(21);
            out.u32(block);
        }
    }
}

pub(super) fn read(from: &mut Reader<'_>) -> Result<Operator, PlanError> {
    Ok(match from.u8()? {
        1 => Operator::Linear(read_epilogue(from)?),
        2 => Operator::Conv(read_window(from)?, read_epilogue(from)?),
        3 => Operator::Depthwise(read_window(from)?, read_epilogue(from)?),
        4 => Operator::ConvTranspose(read_window(from)?, read_epilogue(from)?),
        5 => Operator::MatMul { transpose: read_flag(from)?, scale: from.f32()? },
        6 => {
            let window = read_window(from)?;
            Operator::Pool(
                window,
                match from.u8()? {
                    0 => Pooling::Maximum,
                    1 => Pooling::Mean,
                    2 => Pooling::MeanWithBorder,
                    _ => return Err(from.wrong("there is no such kind of pooling")),
                },
            )
        }
        7 => {
            let how = match from.u8()? {
                0 => Reduction::Sum,
                1 => Reduction::Mean,
                2 => Reduction::Maximum,
                _ => return Err(from.wrong("there is no such reduction")),
            };
            Operator::Reduce { how, axis: from.u32()?, axes: from.u32()? }
        }
        8 => {
            let sampling = match from.u8()? {
                0 => Sampling::HalfPixel,
                1 => Sampling::AlignCorners,
                2 => Sampling::Asymmetric,
                _ => return Err(from.wrong("there is no such sampling")),
            };
            Operator::Resize { sampling, linear: read_flag(from)? }
        }
        9 => Operator::Unary(read_function(from)?),
        10 => {
            let how = match from.u8()? {
                0 => Arithmetic::Add,
                1 => Arithmetic::Subtract,
                2 => Arithmetic::Multiply,
                3 => Arithmetic::Divide,
                4 => Arithmetic::Maximum,
                5 => Arithmetic::Minimum,
                _ => return Err(from.wrong("there is no such arithmetic")),
            };
            Operator::Binary(how, read_function(from)?)
        }
        11 => Operator::ScaleAdd,
        12 => Operator::Softmax { axis: from.u32()? },
        13 => Operator::LayerNorm { epsilon: from.f32()? },
        14 => Operator::Transpose { order: read_each(from, Reader::u8)? },
        15 => Operator::Pad { before: read_each(from, Reader::u32)?, value: from.f32()? },
        16 => Operator::Slice { start: read_each(from, Reader::u32)?, step: read_each(from, Reader::u32)? },
        17 => Operator::Concat { axis: from.u32()? },
        18 => Operator::Gather,
        19 => Operator::Length { scale: from.f32()? },
        20 => Operator::Copy,
        21 => Operator::DepthToSpace { block: from.u32()? },
        _ => return Err(from.wrong("there is no such operator")),
    })
}

fn write_windowed(out: &mut Writer, code: u8, window: Window, epilogue: Epilogue) {
    out.u8(code);
    write_window(out, window);
    write_epilogue(out, epilogue);
}

fn write_window(out: &mut Writer, window: Window) {
    let Window { kernel, stride, dilation, pad } = window;
    for number in kernel.into_iter().chain(stride).chain(dilation).chain(pad) {
        out.u32(number);
    }
}

fn read_window(from: &mut Reader<'_>) -> Result<Window, PlanError> {
    Ok(Window {
        kernel: read_each(from, Reader::u32)?,
        stride: read_each(from, Reader::u32)?,
        dilation: read_each(from, Reader::u32)?,
        pad: read_each(from, Reader::u32)?,
    })
}

fn write_epilogue(out: &mut Writer, epilogue: Epilogue) {
    write_function(out, epilogue.function);
    out.u8(u8::from(epilogue.add_after));
}

fn read_epilogue(from: &mut Reader<'_>) -> Result<Epilogue, PlanError> {
    Ok(Epilogue { function: read_function(from)?, add_after: read_flag(from)? })
}

fn write_function(out: &mut Writer, function: Function) {
    let (code, numbers) = match function {
        Function::Identity => (0, [0.0, 0.0]),
        Function::Relu => (1, [0.0, 0.0]),
        Function::Clip { low, high } => (2, [low, high]),
        Function::PRelu => (3, [0.0, 0.0]),
        Function::LeakyRelu { slope } => (4, [slope, 0.0]),
        Function::HardSwish => (5, [0.0, 0.0]),
        Function::HardSigmoid { slope, shift } => (6, [slope, shift]),
        Function::Sigmoid => (7, [0.0, 0.0]),
        Function::Silu => (8, [0.0, 0.0]),
        Function::Tanh => (9, [0.0, 0.0]),
        Function::Gelu => (10, [0.0, 0.0]),
        Function::Sqrt => (11, [0.0, 0.0]),
        Function::Exp => (12, [0.0, 0.0]),
    };
    out.u8(code);
    for number in numbers {
        out.f32(number);
    }
}

fn read_function(from: &mut Reader<'_>) -> Result<Function, PlanError> {
    let code = from.u8()?;
    let [first, second] = [from.f32()?, from.f32()?];
    Ok(match code {
        0 => Function::Identity,
        1 => Function::Relu,
        2 if first <= second => Function::Clip { low: first, high: second },
        2 => return Err(from.wrong("the limits of a clip are not in order")),
        3 => Function::PRelu,
        4 => Function::LeakyRelu { slope: first },
        5 => Function::HardSwish,
        6 => Function::HardSigmoid { slope: first, shift: second },
        7 => Function::Sigmoid,
        8 => Function::Silu,
        9 => Function::Tanh,
        10 => Function::Gelu,
        11 => Function::Sqrt,
        12 => Function::Exp,
        _ => return Err(from.wrong("there is no such function")),
    })
}

fn read_flag(from: &mut Reader<'_>) -> Result<bool, PlanError> {
    match from.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(from.wrong("a flag is neither 0 nor 1")),
    }
}

fn read_each<'a, T: Copy + Default, const N: usize>(
    from: &mut Reader<'a>,
    one: impl Fn(&mut Reader<'a>) -> Result<T, PlanError>,
) -> Result<[T; N], PlanError> {
    let mut all = [T::default(); N];
    for place in &mut all {
        *place = one(from)?;
    }
    Ok(all)
}
