//! Operators that only move elements.

use vitrine_model_kernels as kernels;

use super::Geometry;
use super::shapes::{Refusal, Shapes, equal, same_rank, shape, within};
use crate::plan::MAX_RANK;

#[inline(never)]
pub(super) fn transpose(shapes: &Shapes<'_>, order: [u8; MAX_RANK]) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    same_rank(&from, &shapes.output)?;
    let order = order.map(usize::from);
    let mut seen = [false; MAX_RANK];
    for (to, source) in shapes.output.as_slice().iter().zip(order) {
        if from.as_slice().get(source) != Some(to) {
            return Err("its result has another shape");
        }
        if seen.get_mut(source).is_none_or(|seen| std::mem::replace(seen, true)) {
            return Err("its order names an axis twice");
        }
    }
    Ok(Geometry::Transpose(kernels::Transpose { input: shape(from)?, order }))
}

#[inline(never)]
pub(super) fn concat(shapes: &Shapes<'_>, axis: usize) -> Result<Geometry, Refusal> {
    within(axis, &shapes.output)?;
    let mut total = 0_usize;
    for position in 0..shapes.count() {
        let part = shapes.operand(position)?;
        same_rank(&part, &shapes.output)?;
        for (at, (part, whole)) in part.as_slice().iter().zip(shapes.output.as_slice()).enumerate() {
            if at == axis {
                total = total.checked_add(*part).ok_or("its result is too large")?;
            } else if part != whole {
                return Err("its parts do not fit together");
            }
        }
    }
    equal(&[total], shapes.output.as_slice().get(axis..=axis).unwrap_or_default(), "its parts do not fill the result")?;
    Ok(Geometry::Concat { axis, total })
}

#[inline(never)]
pub(super) fn pad(shapes: &Shapes<'_>, before: [u32; MAX_RANK], value: f32) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    let before = before.map(|count| count as usize);
    same_rank(&from, &shapes.output)?;
    for ((from, to), before) in from.as_slice().iter().zip(shapes.output.as_slice()).zip(before) {
        if from.checked_add(before).is_none_or(|inner| inner > *to) {
            return Err("its result is too small");
        }
    }
    Ok(Geometry::Pad(kernels::Pad { input: shape(from)?, output: shape(shapes.output)?, before, value }))
}

#[inline(never)]
pub(super) fn slice(shapes: &Shapes<'_>, start: [u32; MAX_RANK], step: [u32; MAX_RANK]) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    same_rank(&from, &shapes.output)?;
    let (start, step) = (start.map(|at| at as usize), step.map(|at| at as usize));
    for (((from, to), start), step) in from.as_slice().iter().zip(shapes.output.as_slice()).zip(start).zip(step) {
        let last = to.checked_sub(1).and_then(|count| count.checked_mul(step)).and_then(|way| way.checked_add(start));
        if step == 0 || last.is_none_or(|last| last >= *from) {
            return Err("it reaches beyond what it reads");
        }
    }
    Ok(Geometry::Slice(kernels::Slice { input: shape(from)?, output: shape(shapes.output)?, start, step }))
}

#[inline(never)]
pub(super) fn gather(shapes: &Shapes<'_>) -> Result<Geometry, Refusal> {
    let (rows, table) = (shapes.operand(0)?, shapes.operand(1)?);
    let [rows_in_table, width] = *table.as_slice() else { return Err("its table does not have two axes") };
    let needed = rows.elements().unwrap_or(0).checked_mul(width);
    if needed != shapes.output.elements() || shapes.output.last() != width {
        return Err("its result has another shape");
    }
    Ok(Geometry::Gather(kernels::Gather { rows: rows_in_table, width }))
}

#[inline(never)]
pub(super) fn copy(shapes: &Shapes<'_>) -> Result<Geometry, Refusal> {
    equal(
        &[shapes.operand(0)?.elements().unwrap_or(0)],
        &[shapes.output.elements().unwrap_or(0)],
        "its result has another size",
    )?;
    Ok(Geometry::Copy)
}
