//! `vitrine compile`: an ONNX model becomes a plan for the runtime.

use std::path::PathBuf;

use serde_json::{Value, json};
use vitrine_model_compiler::explain::{cost, explain};
use vitrine_model_compiler::onnx::reference::{self, Each};
use vitrine_model_compiler::onnx::{self, Loaded, Settled};
use vitrine_model_compiler::{Compiled, Options, Weights, compile};

use crate::failure::Failure;

/// Arguments of `vitrine compile`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model, an ONNX file.
    #[arg(value_name = "MODEL.onnx")]
    model: PathBuf,
    /// Where to write the plan.
    #[arg(long, short, value_name = "MODEL.plan")]
    output: PathBuf,
    /// Name of the model in the plan. Default: the model's file name.
    #[arg(long)]
    name: Option<String>,
    /// Least and most of the model's dynamic axis, such as the number of tokens.
    #[arg(long, value_name = "LEAST..MOST", value_parser = lengths)]
    length: Option<(u32, u32)>,
    /// Shape of an input, where the model leaves it open; once for each.
    #[arg(long = "shape", value_name = "NAME=1x3x224x224", value_parser = shape)]
    shapes: Vec<(String, Vec<usize>)>,
    /// Compute only this output, and leave out whatever only others need; once for each.
    #[arg(long = "only", value_name = "NAME")]
    only: Vec<String>,
    /// Value range of an input or output, for whoever uses the plan; once for each.
    #[arg(long = "range", value_name = "NAME=LOW..HIGH", value_parser = range, allow_hyphen_values = true)]
    ranges: Vec<(String, [f32; 2])>,
    /// Round weights to half precision where they are not already; check the accuracy afterwards.
    #[arg(long)]
    half: bool,
    /// Run the plan beside tract on made-up input, and print how far apart they are.
    #[arg(long)]
    check: bool,
    /// Print every step with its shape, multiply-adds and bytes.
    #[arg(long)]
    explain: bool,
    /// Print a summary as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let loaded = onnx::load(&args.model, &Settled { lengths: args.length, shapes: args.shapes.clone() })?;
    let mut graph = loaded.graph.clone();
    if let Some(name) = &args.name {
        graph.name.clone_from(name);
    }
    if let Some(missing) = args.only.iter().find(|name| !graph.outputs.iter().any(|output| output.name == **name)) {
        let names: Vec<&str> = graph.outputs.iter().map(|output| output.name.as_str()).collect();
        return Err(Failure::Usage(format!("the model has no output `{missing}`; it has {}", names.join(", "))));
    }
    graph.outputs.retain(|output| args.only.is_empty() || args.only.contains(&output.name));
    let weights = if args.half { Weights::Half } else { Weights::Exact };
    let compiled = compile(graph, &Options { weights, ranges: args.ranges.clone() })?;
    let file = compiled.plan.to_bytes();
    std::fs::write(&args.output, &file).map_err(Failure::file(&args.output))?;
    let plan = compiled.plan.data();
    if args.check {
        check(&loaded, &compiled)?;
    }
    if args.explain {
        print!("{}", explain(plan));
    }
    if args.json {
        let [_, length] = plan.lengths();
        let multiply_adds: u64 = plan.steps.iter().map(|step| cost(plan, step, length).multiply_adds).sum();
        let summary = json!({
            "name": plan.name,
            "multiplyAdds": multiply_adds,
            "bytes": file.len(),
            "weights": plan.weights.len(),
            "arena": u64::from(plan.arena) * 4,
            "steps": plan.steps.len(),
            "length": plan.length.as_ref().map(|length| json!({ "name": length.name, "least": length.least, "most": length.most })),
            "inputs": ports(plan, &plan.inputs),
            "outputs": ports(plan, &plan.outputs),
        });
        println!("{summary}");
    }
    Ok(())
}

/// Runs both on numbers spread over each input's range, from 0 to 1 where it has none.
fn check(loaded: &Loaded, compiled: &Compiled) -> Result<(), Failure> {
    let plan = compiled.plan.data();
    let [_, length] = plan.lengths();
    let inputs: Vec<Vec<f32>> = plan
        .inputs
        .iter()
        .map(|port| {
            let elements = plan.value(port.value).and_then(|value| value.shape.at(length)?.elements()).unwrap_or(0);
            let [low, high] = if port.range.iter().all(|bound| bound.is_finite()) { port.range } else { [0.0, 1.0] };
            let spread = |at: usize| f32::from(u16::try_from(at * 7919 % 1009).unwrap_or(0)) / 1009.0;
            (0..elements).map(|at| low + spread(at) * (high - low)).collect()
        })
        .collect();
    let length = plan.length.as_ref().map(|length| length.most);
    for (each, what) in [(Each::Alone, "each step alone"), (Each::Together, "all steps together")] {
        let differences = reference::compare(loaded, compiled, &inputs, length, each)
            .map_err(|error| Failure::Usage(format!("the plan and the model cannot be compared: {error}")))?;
        let worst = differences.iter().max_by(|a, b| a.relative().total_cmp(&b.relative()));
        if let Some(worst) = worst {
            println!(
                "{what}: within {:.1e} of the largest element, which is {:.1e}; worst in {} `{}`",
                worst.relative(),
                worst.scale,
                worst.operator,
                worst.name
            );
        }
    }
    Ok(())
}

type Draft<'a> = vitrine_model_compiler::runtime::plan::Draft<'a>;
type Port = vitrine_model_compiler::runtime::plan::Port;

fn ports(plan: &Draft<'_>, ports: &[Port]) -> Value {
    let bound = |number: f32| number.is_finite().then_some(number);
    ports
        .iter()
        .map(|port| {
            let shape = plan
                .value(port.value)
                .map(|value| value.shape.dims().iter().map(ToString::to_string).collect::<Vec<_>>());
            json!({ "name": port.name, "shape": shape, "range": port.range.map(bound) })
        })
        .collect()
}

fn lengths(text: &str) -> Result<(u32, u32), String> {
    let parsed = text.split_once("..").and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
    parsed.filter(|(least, most)| 0 < *least && least <= most).ok_or_else(|| format!("`{text}` is not like 1..128"))
}

fn shape(text: &str) -> Result<(String, Vec<usize>), String> {
    let parsed = text.split_once('=').and_then(|(name, sizes)| {
        let sizes =
            sizes.split('x').map(|size| size.parse().ok().filter(|size| *size > 0)).collect::<Option<Vec<_>>>()?;
        Some((name.to_owned(), sizes))
    });
    parsed.ok_or_else(|| format!("`{text}` is not like image=1x3x224x224"))
}

fn range(text: &str) -> Result<(String, [f32; 2]), String> {
    let parsed = text.split_once('=').and_then(|(name, range)| {
        let (low, high) = range.split_once("..")?;
        Some((name.to_owned(), [low.parse().ok()?, high.parse().ok()?]))
    });
    parsed.filter(|(_, [low, high])| low <= high).ok_or_else(|| format!("`{text}` is not like image=0..1"))
}
