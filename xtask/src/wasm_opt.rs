//! Binaryen's `wasm-opt`, from npm.

use std::{path::Path, process::Command};

use crate::{
    failure::{Failure, Outcome},
    house,
};

/// Names the version that is installed.
pub(crate) const PACKAGE: &str = "node_modules/binaryen/package.json";
const PROGRAM: &str = "node_modules/.bin/wasm-opt";
/// Named one by one: `--all-features` lets it use encodings that browsers refuse.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
const LEVEL: &str = "-O3";

/// Optimizes a module in place.
///
/// # Errors
/// Where npm's packages are not installed or the module is not valid.
pub(crate) fn optimize(module: &Path) -> Outcome {
    let program = house::path(PROGRAM);
    if !program.exists() {
        return Err(Failure::Missing { path: program, advice: "run `npm ci`" });
    }
    let smaller = module.with_extension("smaller");
    let mut command = Command::new(program);
    command.arg(LEVEL).args(FEATURES).arg(module).arg("--output").arg(&smaller);
    house::run(&mut command, "Run `npm ci`.")?;
    std::fs::rename(&smaller, module).map_err(Failure::file("replace", module))
}
