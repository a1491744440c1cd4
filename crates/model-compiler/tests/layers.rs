//! Every layer of every model computes what tract computes, on a real picture.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]
#![cfg(feature = "onnx")]

use std::path::{Path, PathBuf};

use vitrine_model_compiler::onnx::reference::{self, Each};
use vitrine_model_compiler::onnx::{Loaded, Settled, load};
use vitrine_model_compiler::{Compiled, Options, compile, explain};

/// Where models lie: `VITRINE_MODELS`, else where `npm run models` makes them.
fn folder_of_models() -> PathBuf {
    std::env::var_os("VITRINE_MODELS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../build/models/onnx"), PathBuf::from)
}

fn models() -> Vec<PathBuf> {
    let folder = folder_of_models();
    let only = std::env::var("VITRINE_MODEL").ok();
    let Ok(files) = std::fs::read_dir(&folder) else { return Vec::new() };
    let mut models: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    models.retain(|path| path.extension().is_some_and(|extension| extension == "onnx"));
    models.retain(|path| {
        only.as_ref().is_none_or(|only| path.file_stem().is_some_and(|stem| stem.to_string_lossy() == **only))
    });
    models.sort();
    models
}

/// The picture at the input's extent, nearest pixel, from 0 to 1; channels last or first as the input has them.
fn picture(sizes: &[usize], range: [f32; 2]) -> Vec<f32> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/pictures/portrait.png");
    let picture = image::open(file).unwrap().to_rgb8();
    let (height, width, first) = match *sizes {
        [1, 3, height, width] => (height, width, true),
        [1, height, width, 3] => (height, width, false),
        _ => {
            return (0..sizes.iter().product::<usize>())
                .map(|at| ((at * 37 % 101) as f32 / 50.0 - 1.0) * 0.5)
                .collect();
        }
    };
    let pixel = |y: usize, x: usize, channel: usize| {
        let at = picture
            .get_pixel((x * picture.width() as usize / width) as u32, (y * picture.height() as usize / height) as u32);
        range[0] + f32::from(at[channel]) / 255.0 * (range[1] - range[0])
    };
    let mut data = Vec::new();
    if first {
        for channel in 0..3 {
            for y in 0..height {
                data.extend((0..width).map(|x| pixel(y, x, channel)));
            }
        }
    } else {
        for y in 0..height {
            for x in 0..width {
                data.extend((0..3).map(|channel| pixel(y, x, channel)));
            }
        }
    }
    data
}

/// Writes a few elements of each layer as tract computes them, for comparison in browsers: on the input beside the
/// models' own outputs in `reference/ID/input.f32`.
fn write_goldens(folder: &Path, name: &str, loaded: &Loaded, compiled: &Compiled) {
    let Ok(bytes) = std::fs::read(folder_of_models().join(format!("../reference/{name}/input.f32"))) else { return };
    let input: Vec<f32> = bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
    let plan = compiled.plan.data();
    let length = plan.length.as_ref().map(|_| {
        let per_length: u32 =
            plan.value(plan.inputs[0].value).unwrap().shape.dims().iter().map(|dim| dim.fixed.max(1)).product();
        input.len() as u32 / per_length
    });
    let expected = reference::expected(loaded, compiled, &[input], length).unwrap();
    let rows = plan.steps.iter().zip(expected).enumerate().filter_map(|(step, (found, expected))| {
        let expected = expected?;
        // A stride that is prime to the channels visits all of them.
        let stride = (expected.len() / 8).max(1) | 1;
        let values: Vec<f64> = expected.iter().step_by(stride).map(|&number| round(number)).collect();
        let scale = expected.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
        Some(serde_json::json!({ "step": step, "name": found.name, "stride": stride, "scale": round(scale), "values": values }))
    });
    let rows: Vec<String> = rows.map(|row| row.to_string()).collect();
    let text = format!("[\n{}\n]\n", rows.join(",\n"));
    std::fs::write(folder.join(format!("{name}.json")), text).unwrap();
}

/// Seven digits, as a shorter number.
fn round(number: f32) -> f64 {
    format!("{number:.6e}").parse().unwrap()
}

#[test]
fn every_layer_computes_what_tract_computes() {
    let models = models();
    if models.is_empty() {
        eprintln!("skipped: no models; make them with `npm run models`, or name their folder in VITRINE_MODELS");
    }
    let mut wrong = Vec::new();
    for path in models {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let lengths = name.starts_with("use_").then_some((1, 128));
        let begun = std::time::Instant::now();
        let loaded = load(&path, &Settled { lengths, ..Settled::default() }).unwrap();
        let compiled = match compile(loaded.graph.clone(), &Options::default()) {
            Ok(compiled) => compiled,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let took = begun.elapsed();
        if std::env::var_os("VITRINE_EXPLAIN").is_some() {
            print!("{}", explain::explain(compiled.plan.data()));
        }
        let data = compiled.plan.data();
        let range = if name.contains("detection") { [-1.0, 1.0] } else { [0.0, 1.0] };
        for length in if lengths.is_some() { vec![Some(1), Some(7), Some(128)] } else { vec![None] } {
            let inputs: Vec<Vec<f32>> = data
                .inputs
                .iter()
                .map(|port| {
                    picture(data.value(port.value).unwrap().shape.at(length.unwrap_or(1)).unwrap().as_slice(), range)
                })
                .collect();
            let worst = |each: Each| {
                let differences = reference::compare(&loaded, &compiled, &inputs, length, each).unwrap();
                differences.into_iter().max_by(|a, b| a.relative().total_cmp(&b.relative())).unwrap()
            };
            let (alone, together) = (worst(Each::Alone), worst(Each::Together));
            println!(
                "{name}: layers within {:.1e} ({} `{}`), added up {:.1e} ({} `{}`); compiled in {took:.1?}; {}",
                alone.relative(),
                alone.operator,
                alone.name,
                together.relative(),
                together.operator,
                together.name,
                explain::explain(data).lines().last().unwrap()
            );
            for (bad, limit) in [(alone, 1e-4), (together, 2e-3)] {
                if bad.relative().is_nan() || bad.relative() > limit {
                    wrong.push(format!(
                        "{name}: {} `{}` differs by {:.2e} of {:.3e}",
                        bad.operator,
                        bad.name,
                        bad.relative(),
                        bad.scale
                    ));
                }
            }
        }
        if let Some(folder) = std::env::var_os("VITRINE_GOLDENS") {
            write_goldens(Path::new(&folder), &name, &loaded, &compiled);
        }
        if let Some(folder) = std::env::var_os("VITRINE_PLANS") {
            std::fs::write(Path::new(&folder).join(format!("{name}.plan")), compiled.plan.to_bytes()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
