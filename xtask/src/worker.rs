//! The Cloudflare Worker: compile, generate the JavaScript glue, optimize, and put the shim beside it.
//!
//! This does what the `worker-build` command would, with the generator and the optimizer that the modules for the page use.

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
    wasm_opt::{self, Exceptions, Simd},
};

const PROFILE: &str = "worker";

/// A worker that can be built.
pub(crate) struct Worker {
    output: &'static str,
    package: &'static str,
    /// What the glue is called; the shim imports it by this name.
    name: &'static str,
    /// What workerd loads first.
    shim: &'static str,
    stamp: &'static str,
}

/// The worker that devices and orders speak to.
pub(crate) const HOUSE: Worker = Worker {
    output: "build/worker",
    package: "vitrine-worker",
    name: "vitrine_worker",
    shim: "worker/shim.js",
    stamp: "worker",
};

/// One that does next to nothing, to measure the other against.
pub(crate) const BARE: Worker = Worker {
    output: "build/bare-worker",
    package: "vitrine-bare-worker",
    name: "bare_worker",
    shim: "bench/things/peers/rust/shim.js",
    stamp: "bare-worker",
};

/// Builds it; generating and optimizing are left out where compiled module and shim did not change. `quick` leaves out
/// what makes it small.
pub(crate) fn build(Worker { output, package, name, shim, stamp }: &Worker, force: bool, quick: bool) -> Outcome {
    let compiled = compile(package, quick)?;
    let shim = house::path(shim);
    let folder = house::path(output);

    let mut stamp = Stamp::new(stamp);
    for input in [&compiled, &shim, &house::path(wasm_opt::PACKAGE)] {
        stamp.add_file(input)?;
    }
    stamp.add(if quick { b"quick" } else { b"small" });
    // The generator is linked into this program, and the flags of the optimizer are written in it.
    stamp.add_file(&env::current_exe().map_err(Failure::file("find", "xtask"))?)?;
    let outputs = [format!("{name}.js"), format!("{name}_bg.wasm"), "shim.js".to_owned()];
    if !force && stamp.is_current(&outputs.map(|file| folder.join(file))) {
        println!("{output} is up to date");
        return Ok(());
    }

    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(Failure::file("empty", &folder))?;
    }
    fs::create_dir_all(&folder).map_err(Failure::file("create", &folder))?;
    generate(&compiled, &folder, name)?;
    if !quick {
        wasm_opt::optimize(&folder.join(format!("{name}_bg.wasm")), Simd::None, Exceptions::InModule)?;
    }
    fs::copy(&shim, folder.join("shim.js")).map_err(Failure::file("copy", &shim))?;
    stamp.keep()?;
    println!("wrote {output}");
    Ok(())
}

fn compile(package: &str, quick: bool) -> Outcome<PathBuf> {
    let mut cargo = Toolchain::find()?.cargo();
    if quick {
        cargo.env("CARGO_PROFILE_WORKER_LTO", "off").env("CARGO_PROFILE_WORKER_CODEGEN_UNITS", "16");
    }
    cargo.args(["build", "--package", package, "--profile", PROFILE, "--target", TARGET]);
    artefact::build(&mut cargo, "WebAssembly module", |file| file.extension().is_some_and(|kind| kind == "wasm"))
}

/// Writes glue and module: an ES module that workerd instantiates, and that a panic lets begin anew.
fn generate(compiled: &Path, folder: &Path, name: &str) -> Outcome {
    let refused = |error| Failure::Bindgen(format!("{error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(name)
        .module(true)
        .map_err(refused)?
        .typescript(false)
        .remove_producers_section(true)
        .reset_state_function(true)
        .force_enable_abort_handler(true);
    bindgen.generate_output().map_err(refused)?.emit(folder).map_err(refused)?;

    // Wrangler gives the compiled module to a plain import; it does not know the source phase yet.
    let glue = folder.join(format!("{name}.js"));
    let text = fs::read_to_string(&glue).map_err(Failure::file("read", &glue))?;
    fs::write(&glue, text.replacen("import source ", "import ", 1)).map_err(Failure::file("write", &glue))
}
