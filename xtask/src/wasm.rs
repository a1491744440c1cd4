//! The WebAssembly module of the storefront: compile, generate the JavaScript glue, optimize.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use wasm_bindgen_cli_support::Bindgen;

use crate::{
    artefact,
    failure::{Failure, Outcome},
    house,
    stamp::Stamp,
    toolchain::{TARGET, Toolchain},
    wasm_opt,
};

const PACKAGE: &str = "vitrine-storefront-wasm";
const NAME: &str = "vitrine_storefront";
const OUTPUT: &str = "www/package/wasm";

/// The files that a build leaves in `www/package/wasm`.
pub(crate) fn outputs() -> Vec<PathBuf> {
    let files = ["vitrine_storefront.js", "vitrine_storefront.d.ts", "vitrine_storefront_bg.wasm"];
    files.iter().map(|file| house::path(OUTPUT).join(file)).collect()
}

/// Builds the module; generating and optimizing are left out where the compiled module did not change.
pub(crate) fn build(force: bool) -> Outcome {
    let compiled = compile()?;
    let folder = house::path(OUTPUT);
    fs::create_dir_all(&folder).map_err(Failure::file("create", &folder))?;

    let mut stamp = Stamp::new("wasm");
    stamp.add_file(&compiled)?;
    // The generator is linked into this program, and the flags of the optimizer are written in it.
    stamp.add_file(&env::current_exe().map_err(Failure::file("find", "xtask"))?)?;
    stamp.add_file(&house::path(wasm_opt::PACKAGE))?;
    if !force && stamp.is_current(&outputs()) {
        println!("{OUTPUT} is up to date");
        return Ok(());
    }

    generate(&compiled, &folder)?;
    wasm_opt::optimize(&folder.join(format!("{NAME}_bg.wasm")))?;
    stamp.keep()?;
    println!("wrote {OUTPUT}");
    Ok(())
}

/// Compiles the crate and gives the path of its `.wasm`.
fn compile() -> Outcome<PathBuf> {
    let mut cargo = Toolchain::find()?.cargo();
    cargo.args(["build", "--package", PACKAGE, "--profile", "wasm", "--target", TARGET]);
    artefact::build(&mut cargo, "WebAssembly module", |file| file.extension().is_some_and(|kind| kind == "wasm"))
}

fn generate(compiled: &Path, folder: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(NAME)
        .web(true)
        .map_err(|error| Failure::Bindgen(format!("{error:#}")))?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(folder).map_err(|error| Failure::Bindgen(format!("{error:#}")))
}
