//! `vitrine compile`: an ONNX model becomes a plan for the runtime.

use std::path::PathBuf;

use serde_json::{Value, json};
use vitrine_model_compiler::explain::{cost, explain};
use vitrine_model_compiler::{Options, Weights, compile, onnx};

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
    /// Compute only this output, and leave out whatever only others need; once for each.
    #[arg(long = "only", value_name = "NAME")]
    only: Vec<String>,
    /// Value range of an input or output, for whoever uses the plan; once for each.
    #[arg(long = "range", value_name = "NAME=LOW..HIGH", value_parser = range, allow_hyphen_values = true)]
    ranges: Vec<(String, [f32; 2])>,
    /// Round weights to half precision where they are not already; check the accuracy afterwards.
    #[arg(long)]
    half: bool,
    /// Print every step with its shape, multiply-adds and bytes.
    #[arg(long)]
    explain: bool,
    /// Print a summary as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let mut graph = onnx::load(&args.model, args.length)?.graph;
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

fn range(text: &str) -> Result<(String, [f32; 2]), String> {
    let parsed = text.split_once('=').and_then(|(name, range)| {
        let (low, high) = range.split_once("..")?;
        Some((name.to_owned(), [low.parse().ok()?, high.parse().ok()?]))
    });
    parsed.filter(|(_, [low, high])| low <= high).ok_or_else(|| format!("`{text}` is not like image=0..1"))
}
