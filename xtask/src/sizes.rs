//! The sizes of what a page and the worker load, against what was promised.

use std::{fs, io::Write as _, path::Path};

use flate2::{Compression, write::GzEncoder};

use crate::{
    failure::{Failure, Outcome},
    house, wasm,
};

/// A file and how large it may be after gzip, in bytes.
struct Budget {
    what: &'static str,
    file: &'static str,
    advice: &'static str,
    most: usize,
}

const BUDGETS: [Budget; 4] = [
    Budget {
        what: "storefront module",
        file: "www/package/wasm/vitrine_storefront_bg.wasm",
        advice: "run `cargo xtask wasm`",
        most: 250_000,
    },
    Budget {
        what: "models module, plain SIMD",
        file: "www/package/wasm/vitrine_models_simd_bg.wasm",
        advice: "run `cargo xtask wasm`",
        most: 150_000,
    },
    Budget {
        what: "models module, relaxed SIMD",
        file: "www/package/wasm/vitrine_models_relaxed_bg.wasm",
        advice: "run `cargo xtask wasm`",
        most: 150_000,
    },
    Budget {
        what: "worker",
        file: "build/worker/vitrine_worker_bg.wasm",
        advice: "run `cargo xtask worker`",
        most: 3_000_000,
    },
];

/// Prints each size; fails where one is over its budget.
pub(crate) fn check() -> Outcome {
    let mut over = Vec::new();
    for budget in &BUDGETS {
        let path = house::path(budget.file);
        if !path.is_file() {
            return Err(Failure::Missing { path, advice: budget.advice });
        }
        let (raw, packed) = sizes(&path)?;
        let verdict = if packed <= budget.most { "ok" } else { "over" };
        println!("{verdict:5} {}: {packed} bytes gzip (at most {}), {raw} raw", budget.what, budget.most);
        if packed > budget.most {
            over.push(format!("{} is {packed} bytes, {} promised", budget.what, budget.most));
        }
    }
    for path in wasm::outputs().iter().filter(|path| path.extension().is_some_and(|kind| kind == "js")) {
        let (raw, packed) = sizes(path)?;
        println!("      {}: {packed} bytes gzip, {raw} raw", path.file_name().unwrap_or_default().to_string_lossy());
    }
    if over.is_empty() { Ok(()) } else { Err(Failure::OverBudget(over.join("; "))) }
}

/// Bytes before and after gzip.
fn sizes(path: &Path) -> Outcome<(usize, usize)> {
    let bytes = fs::read(path).map_err(Failure::file("read", path))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(&bytes).and_then(|()| encoder.finish()).map_err(Failure::file("compress", path))?;
    Ok((bytes.len(), packed.len()))
}
