//! tract's sums of products, as far as they are matrix products: with a constant, between two values, or resizing.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::ops::einsum::EinSum;
use vitrine_model_runtime::plan::{Dim, Epilogue, Operator, Shape};

use super::import::{Import, Made};
use super::interpolation;
use crate::graph::{Node, Op, Source, inverse};

/// One letter of the expression: where it is in both operands and in the result.
struct Letter {
    left: Option<usize>,
    right: Option<usize>,
    output: Option<usize>,
}

pub(super) fn einsum(import: &mut Import, node: &TypedNode, like: &Node, op: &EinSum) -> Made {
    if op.q_params.is_some() || node.inputs.len() != 2 {
        return Err("only products of two float operands are".to_owned());
    }
    let (left, right) = (import.operand(node, 0)?, import.operand(node, 1)?);
    let letters = letters(op)?;
    match (import.graph.constant(left).is_some(), import.graph.constant(right).is_some()) {
        (false, true) => with_constant(import, like, left, right, &letters),
        (true, false) => {
            let swapped: Vec<Letter> =
                letters.into_iter().map(|l| Letter { left: l.right, right: l.left, output: l.output }).collect();
            with_constant(import, like, right, left, &swapped)
        }
        _ => between_values(import, like, left, right, &letters),
    }
}

fn letters(op: &EinSum) -> Result<Vec<Letter>, String> {
    let one = |places: Option<&TVec<usize>>| match places.map(|places| places.as_slice()) {
        None | Some([]) => Ok(None),
        Some(&[place]) => Ok(Some(place)),
        _ => Err("an axis stands twice in one operand".to_owned()),
    };
    op.axes
        .iter_all_axes()
        .map(|axis| {
            Ok(Letter {
                left: one(axis.inputs.first())?,
                right: one(axis.inputs.get(1))?,
                output: one(axis.outputs.first())?,
            })
        })
        .collect()
}

/// `value` times the constant: rows of the value along one axis, columns of the constant in its place.
fn with_constant(import: &mut Import, like: &Node, value: Source, constant: Source, letters: &[Letter]) -> Made {
    let tensor = import.graph.constant(constant).ok_or("its matrix is missing")?.clone();
    let sizes = import.sizes(value)?;
    // Axes of size 1 only align ranks.
    let matters = |letter: &&Letter| letter.right.is_some_and(|axis| tensor.sizes.get(axis) != Some(&1));
    let summed: Vec<&Letter> = letters.iter().filter(|l| l.left.is_some() && l.output.is_none()).collect();
    let added: Vec<&Letter> =
        letters.iter().filter(|l| l.left.is_none() && l.output.is_some()).filter(matters).collect();
    let shared = letters.iter().filter(|l| l.left.is_some() && l.output.is_some()).filter(matters).count();
    let [inner] = summed.as_slice() else { return Err("it sums over several axes at once".to_owned()) };
    if added.len() > 1 || shared > 0 {
        return Err("its constant has more axes than a matrix".to_owned());
    }
    let inner_axis = inner.left.ok_or("it sums over no axis")?;
    let rows = sizes.get(inner_axis).copied().unwrap_or(1);
    let matrix_axes: Vec<usize> = added.iter().filter_map(|l| l.right).chain(inner.right).collect();
    let rest = (0..tensor.sizes.len()).filter(|axis| !matrix_axes.contains(axis));
    let order: Vec<usize> = rest.chain(matrix_axes.iter().copied()).collect();
    let mut matrix = tensor.permuted(&order);
    matrix.sizes = vec![matrix.data.len().checked_div(rows).ok_or("its matrix is empty")?, rows];
    if matrix.sizes.iter().product::<usize>() != matrix.data.len() {
        return Err("its matrix does not fit".to_owned());
    }
    let columns = matrix.sizes.first().copied().unwrap_or(1);

    // The result's axes in the value's order, the new axis where the summed one was.
    let dims = import.graph.shape(value).ok_or("an operand is missing")?.dims().to_vec();
    let mut result_dims = dims.clone();
    if let Some(place) = result_dims.get_mut(inner_axis) {
        *place = Dim::fixed(u32::try_from(columns).map_err(|_| "its matrix is too large")?);
    }
    let shape = Shape::new(result_dims.clone()).ok_or("too many axes")?;
    let place = |axis: usize| -> Option<usize> {
        if axis == inner_axis {
            return added.first().and_then(|l| l.output);
        }
        letters.iter().find(|l| l.left == Some(axis)).and_then(|l| l.output)
    };
    let rank = like.shape.dims().len();
    let to_output = |import: &mut Import, result: Source, at: &[usize]| -> Made {
        // `at`: for each axis of the result, which axis of the value's order it is.
        let places: Vec<Option<usize>> = at.iter().map(|&axis| place(axis)).collect();
        let mut present: Vec<(usize, usize)> =
            places.iter().enumerate().filter_map(|(axis, place)| Some(((*place)?, axis))).collect();
        present.sort_unstable();
        let mut order: Vec<usize> = present.iter().map(|(_, axis)| *axis).collect();
        order.extend((0..at.len()).filter(|axis| places.get(*axis).copied().flatten().is_none()));
        if present.len() > rank {
            return Err("its result has other axes".to_owned());
        }
        let result = import.graph.transpose(like, result, &order);
        Ok(import.graph.reshape(like, result, like.shape.clone()))
    };
    let all: Vec<usize> = (0..dims.len()).collect();
    if let Some((sampling, linear)) = interpolation::recognise(&matrix) {
        let op = Op::Interpolate { axis: inner_axis, sampling, linear };
        let result = import.graph.add(like, op, vec![value], shape);
        return to_output(import, result, &all);
    }
    let mut last: Vec<usize> = all.iter().copied().filter(|&axis| axis != inner_axis).collect();
    last.push(inner_axis);
    let input = import.graph.transpose(like, value, &last);
    let shape = crate::graph::permuted(&shape, &last);
    let matrix = import.graph.add_constant(matrix);
    let op = Op::Run(Operator::Linear(Epilogue::NONE));
    let result = import.graph.add(like, op, vec![input, matrix], shape);
    to_output(import, result, &last)
}

/// Two values: batch axes, then rows x inner times inner x columns.
fn between_values(import: &mut Import, like: &Node, left: Source, right: Source, letters: &[Letter]) -> Made {
    let batch: Vec<&Letter> =
        letters.iter().filter(|l| l.left.is_some() && l.right.is_some() && l.output.is_some()).collect();
    let rows: Vec<&Letter> =
        letters.iter().filter(|l| l.left.is_some() && l.right.is_none() && l.output.is_some()).collect();
    let columns: Vec<&Letter> =
        letters.iter().filter(|l| l.left.is_none() && l.right.is_some() && l.output.is_some()).collect();
    let inner: Vec<&Letter> =
        letters.iter().filter(|l| l.left.is_some() && l.right.is_some() && l.output.is_none()).collect();
    if rows.len() > 1
        || columns.len() > 1
        || inner.len() != 1
        || rows.len() + columns.len() + batch.len() + 1 != letters.len()
    {
        return Err("it is not a product of matrices".to_owned());
    }
    let dim = |import: &Import, source: Source, axis: Option<usize>| {
        axis.and_then(|axis| import.graph.shape(source)?.dims().get(axis).copied()).unwrap_or(Dim::fixed(1))
    };
    let axes = |first: &[&Letter], second: &[&Letter], side: fn(&Letter) -> Option<usize>| -> Vec<usize> {
        batch.iter().chain(first).chain(second).filter_map(|letter| side(letter)).collect()
    };
    let left_order = axes(&rows, &inner, |l| l.left);
    // The right operand as it lies, where the matrix product can read it so.
    let transposed = inner.first().and_then(|l| l.right) > columns.first().and_then(|l| l.right) || columns.is_empty();
    let right_order =
        if transposed { axes(&columns, &inner, |l| l.right) } else { axes(&inner, &columns, |l| l.right) };
    let batch_dims: Vec<Dim> = batch.iter().map(|l| dim(import, left, l.left)).collect();
    let rows_dim = dim(import, left, rows.first().and_then(|l| l.left));
    let columns_dim = dim(import, right, columns.first().and_then(|l| l.right));
    let inner_dim = dim(import, left, inner.first().and_then(|l| l.left));
    let matrix = |a: Dim, b: Dim| {
        Shape::new(batch_dims.iter().copied().chain([a, b]).collect()).ok_or_else(|| "too many axes".to_owned())
    };
    let a = import.graph.transpose(like, left, &left_order);
    let a = import.graph.reshape(like, a, matrix(rows_dim, inner_dim)?);
    let b = import.graph.transpose(like, right, &right_order);
    let b_shape = if transposed { matrix(columns_dim, inner_dim)? } else { matrix(inner_dim, columns_dim)? };
    let b = import.graph.reshape(like, b, b_shape);
    let op = Op::Run(Operator::MatMul { transpose: transposed, scale: 1.0 });
    let product = import.graph.add(like, op, vec![a, b], matrix(rows_dim, columns_dim)?);

    let produced: Vec<&Letter> = batch.iter().chain(&rows).chain(&columns).copied().collect();
    let dims = produced.iter().filter_map(|l| like.shape.dims().get(l.output?)).copied().collect();
    let narrow = import.graph.reshape(like, product, Shape::new(dims).ok_or("too many axes")?);
    let places: Vec<usize> = produced.iter().filter_map(|l| l.output).collect();
    if places.len() != like.shape.dims().len() {
        return Err("its result has other axes".to_owned());
    }
    Ok(import.graph.transpose(like, narrow, &inverse(&places)))
}
