//! Folds neighbours into convolutions: padding, a bias added after; and makes 1 x 1 convolutions linear operators.

use vitrine_model_runtime::plan::{Arithmetic, Epilogue, Operator, Window};

use super::{arithmetic, put};
use crate::graph::{Graph, Id, Op, Source, Tensor, at};

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        changed |= padding(graph, id) || linear(graph, id);
    }
    let uses = graph.uses();
    for id in graph.schedule() {
        changed |= bias(graph, id, &uses) || factors(graph, id, &uses);
    }
    changed
}

/// Zeros around the picture before a convolution are part of its window.
fn padding(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id).clone();
    let Some((_, pad)) = node.inputs.first().and_then(|&input| graph.producer(input)) else { return false };
    let (Op::Run(Operator::Pad { before, value: 0.0 }), Some(&inner)) = (&pad.op, pad.inputs.first()) else {
        return false;
    };
    let [_, top, left, 0, ..] = *before else { return false };
    let (Some(from), to) = (graph.shape(inner), &pad.shape) else { return false };
    let (&[1, height, width, channels], &[1, high, wide, same]) = (at(&from).as_slice(), at(to).as_slice()) else {
        return false;
    };
    let grown = |after: usize, before: usize, first: u32| {
        u32::try_from(after).ok()?.checked_sub(u32::try_from(before).ok()?)?.checked_sub(first)
    };
    let (Some(bottom), Some(right), true) = (grown(high, height, top), grown(wide, width, left), channels == same)
    else {
        return false;
    };
    let wider = |window: Window| {
        let [above, beside, below, beyond] = window.pad;
        let window = Window { pad: [above + top, beside + left, below + bottom, beyond + right], ..window };
        // The kernels want every window to touch the picture.
        let reach = |axis: usize| {
            let [kernel, dilation] = [window.kernel, window.dilation].map(|pair| pair.get(axis).copied().unwrap_or(1));
            (kernel - 1) * dilation
        };
        let [above, beside, ..] = window.pad;
        (above <= reach(0) && beside <= reach(1)).then_some(window)
    };
    let operator = match node.op {
        Op::Run(Operator::Conv(window, epilogue)) => wider(window).map(|window| Operator::Conv(window, epilogue)),
        Op::Run(Operator::Depthwise(window, epilogue)) => {
            wider(window).map(|window| Operator::Depthwise(window, epilogue))
        }
        _ => None,
    };
    let Some(operator) = operator else { return false };
    let mut inputs = node.inputs.clone();
    if let Some(first) = inputs.first_mut() {
        *first = inner;
    }
    put(graph, id, Op::Run(operator), inputs);
    true
}

/// Whether a window is of one pixel and visits each.
pub(super) fn is_pointwise(window: &Window) -> bool {
    matches!(window, Window { kernel: [1, 1], stride: [1, 1], pad: [0, 0, 0, 0], .. })
}

/// A window of one pixel that visits each.
fn linear(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id).clone();
    let Op::Run(Operator::Conv(window, epilogue)) = node.op else { return false };
    if !is_pointwise(&window) {
        return false;
    }
    let Some(weights) = node.inputs.get(1).and_then(|&weights| graph.constant(weights)) else { return false };
    let &[outputs, _, _, inputs] = weights.sizes.as_slice() else { return false };
    let weights = Tensor { sizes: vec![outputs, inputs], data: weights.data.clone() };
    let mut sources = node.inputs.clone();
    if let Some(place) = sources.get_mut(1) {
        *place = graph.add_constant(weights);
    }
    put(graph, id, Op::Run(Operator::Linear(epilogue)), sources);
    true
}

/// The operator of a node whose sums go out as they are, and whether a bias is added to them.
fn plain(op: &Op, inputs: &[Source]) -> Option<bool> {
    match op {
        Op::Run(
            Operator::Linear(Epilogue::NONE)
            | Operator::Conv(_, Epilogue::NONE)
            | Operator::Depthwise(_, Epilogue::NONE)
            | Operator::ConvTranspose(_, Epilogue::NONE),
        ) if inputs.len() <= 3 => Some(inputs.get(2).is_some_and(|&bias| bias != Source::Absent)),
        _ => None,
    }
}

/// One number per channel added after a product or a convolution.
fn bias(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let node = graph.node(id).clone();
    let Some((Arithmetic::Add, a, b)) = arithmetic(&node) else { return false };
    let (value, added) = if graph.constant(b).is_some() { (a, b) } else { (b, a) };
    let Some((host, inner)) = graph.producer(value) else { return false };
    let Some(has_bias) = plain(&inner.op, &inner.inputs) else { return false };
    if uses.get(host) != Some(&1) || inner.shape != node.shape {
        return false;
    }
    let channels = at(&inner.shape).last().copied().unwrap_or(1);
    let Some(mut data) = graph.constant(added).and_then(|added| added.as_channels(channels)) else { return false };
    let (op, mut inputs) = (inner.op.clone(), inner.inputs.clone());
    if has_bias {
        let Some(before) = inputs.get(2).and_then(|&bias| graph.constant(bias)) else { return false };
        data.iter_mut().zip(&before.data).for_each(|(sum, bias)| *sum += bias);
    }
    inputs.truncate(2);
    inputs.push(graph.add_constant(Tensor { sizes: vec![channels], data }));
    put(graph, id, op, inputs);
    true
}

/// One factor per channel after a convolution, as batch normalization is one: its weights and its bias are multiplied.
fn factors(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let node = graph.node(id).clone();
    let (Op::Run(Operator::ScaleAdd), &[value, factors]) = (&node.op, node.inputs.as_slice()) else { return false };
    let Some((host, inner)) = graph.producer(value) else { return false };
    let (Some(has_bias), Some(factors)) = (plain(&inner.op, &inner.inputs), graph.constant(factors)) else {
        return false;
    };
    let Some(mut weights) = inner.inputs.get(1).and_then(|&weights| graph.constant(weights)).cloned() else {
        return false;
    };
    let count = factors.data.len();
    // Channels of the result are the first axis of the weights, but for depthwise ones the last.
    let run = match inner.op {
        Op::Run(Operator::Depthwise(..)) => 1,
        _ => weights.data.len().checked_div(count).unwrap_or(1),
    };
    if uses.get(host) != Some(&1) || count == 0 || run == 0 {
        return false;
    }
    let factor = |place: usize| factors.data.get(place / run % count).copied().unwrap_or(1.0);
    weights.data.iter_mut().enumerate().for_each(|(place, weight)| *weight *= factor(place));
    let (op, mut inputs) = (inner.op.clone(), inner.inputs.clone());
    if has_bias {
        let Some(mut bias) = inputs.get(2).and_then(|&bias| graph.constant(bias)).cloned() else { return false };
        bias.data.iter_mut().zip(&factors.data).for_each(|(bias, factor)| *bias *= factor);
        let bias = graph.add_constant(bias);
        if let Some(place) = inputs.get_mut(2) {
            *place = bias;
        }
    }
    let weights = graph.add_constant(weights);
    if let Some(place) = inputs.get_mut(1) {
        *place = weights;
    }
    put(graph, id, op, inputs);
    true
}
