//! Arithmetic on two operands and functions of each element.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use tract_onnx::tract_core::ops::nn::LeakyRelu;
use vitrine_model_runtime::plan::{Arithmetic, Function, Operator, Shape};

use super::import::{Import, Made};
use crate::graph::{Node, Op, Source};

pub(super) fn binary(import: &mut Import, node: &TypedNode, like: &Node, op: &TypedBinOp) -> Made {
    let (a, b) = (import.operand(node, 0)?, import.operand(node, 1)?);
    let shape = like.shape.clone();
    let how = match op.0.name() {
        "Add" => Arithmetic::Add,
        "Sub" => Arithmetic::Subtract,
        "Mul" => Arithmetic::Multiply,
        "Div" => Arithmetic::Divide,
        "Max" => Arithmetic::Maximum,
        "Min" => Arithmetic::Minimum,
        "GT" => return Ok(import.graph.add(like, Op::Greater, vec![a, b], shape)),
        "LT" => return Ok(import.graph.add(like, Op::Greater, vec![b, a], shape)),
        "Pow" => return power(import, like, a, import.graph.scalar(b).ok_or("its exponent is not one number")?),
        other => return Err(format!("arithmetic {other}")),
    };
    Ok(import.graph.add(like, Op::Run(Operator::Binary(how, Function::Identity)), vec![a, b], shape))
}

fn power(import: &mut Import, like: &Node, base: Source, exponent: f32) -> Made {
    let shape = like.shape.clone();
    if exponent == 2.0 {
        return Ok(square(import, like, base, shape));
    }
    if exponent == 0.5 {
        return Ok(import.graph.add(like, Op::Run(Operator::Unary(Function::Sqrt)), vec![base], shape));
    }
    Err(format!("a power of {exponent}; only squares and square roots are"))
}

fn square(import: &mut Import, like: &Node, base: Source, shape: Shape) -> Source {
    let op = Op::Run(Operator::Binary(Arithmetic::Multiply, Function::Identity));
    import.graph.add(like, op, vec![base, base], shape)
}

pub(super) fn unary(import: &mut Import, node: &TypedNode, like: &Node, op: &ElementWiseOp) -> Made {
    let first = import.operand(node, 0)?;
    let shape = like.shape.clone();
    if let Some(LeakyRelu { alpha }) = op.0.downcast_ref::<LeakyRelu>() {
        let function = Function::LeakyRelu { slope: *alpha };
        return Ok(import.graph.add(like, Op::Run(Operator::Unary(function)), vec![first], shape));
    }
    let name = op.0.name();
    let function = match name.as_str() {
        "Sigmoid" => Function::Sigmoid,
        "Tanh" => Function::Tanh,
        "HardSwish" => Function::HardSwish,
        "Silu" => Function::Silu,
        "GeluExact" => Function::Gelu,
        "Sqrt" => Function::Sqrt,
        "Exp" => Function::Exp,
        "Erf" => return Ok(import.graph.add(like, Op::Erf, vec![first], shape)),
        "Square" => return Ok(square(import, like, first, shape)),
        "Neg" => return with_number(import, like, -1.0, first, Arithmetic::Multiply),
        "Recip" => return with_number(import, like, 1.0, first, Arithmetic::Divide),
        "Rsqrt" => {
            let root = import.graph.add(like, Op::Run(Operator::Unary(Function::Sqrt)), vec![first], shape);
            return with_number(import, like, 1.0, root, Arithmetic::Divide);
        }
        _ => return Err("the function has no counterpart".to_owned()),
    };
    Ok(import.graph.add(like, Op::Run(Operator::Unary(function)), vec![first], shape))
}

/// `number how source`
fn with_number(import: &mut Import, like: &Node, number: f32, source: Source, how: Arithmetic) -> Made {
    let sizes = vec![1; like.shape.dims().len()];
    let number = crate::graph::Tensor { sizes, data: vec![number] };
    let number = import.graph.add_constant(number);
    let op = Op::Run(Operator::Binary(how, Function::Identity));
    Ok(import.graph.add(like, op, vec![number, source], like.shape.clone()))
}
