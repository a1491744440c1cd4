//! The WebAssembly modules: compile, generate the JavaScript glue, optimize.

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

const OUTPUT: &str = "www/package/wasm";

/// A crate of `browser/` and the modules that are made of it.
struct Module {
    package: &'static str,
    /// What the glue is called.
    name: &'static str,
    /// Scripts that the glue imports from beside it.
    scripts: &'static [&'static str],
    builds: &'static [Build],
}

/// One way to compile it. All ways have the same glue.
struct Build {
    /// Its `.wasm` is called `NAME_SUFFIX_bg.wasm`, without a suffix `NAME_bg.wasm`.
    suffix: Option<&'static str>,
    profile: &'static str,
    simd: Simd,
}

const MODULES: [Module; 2] = [
    Module {
        package: "vitrine-storefront-wasm",
        name: "vitrine_storefront",
        scripts: &["browser/storefront/src/answer.js"],
        builds: &[Build { suffix: None, profile: "wasm", simd: Simd::None }],
    },
    Module {
        package: "vitrine-models-wasm",
        name: "vitrine_models",
        scripts: &[],
        builds: &[
            Build { suffix: Some("simd"), profile: "wasm", simd: Simd::Plain },
            Build { suffix: Some("relaxed"), profile: "wasm-relaxed", simd: Simd::Relaxed },
        ],
    },
];

impl Module {
    fn outputs(&self) -> Vec<PathBuf> {
        let glue = ["js", "d.ts"].map(|kind| format!("{}.{kind}", self.name));
        let files = glue.into_iter().chain(self.builds.iter().map(|build| build.file(self)));
        let scripts = self.scripts.iter().map(|script| beside_glue(script));
        files.map(|file| house::path(OUTPUT).join(file)).chain(scripts).collect()
    }
}

impl Build {
    fn file(&self, module: &Module) -> String {
        match self.suffix {
            Some(suffix) => format!("{}_{suffix}_bg.wasm", module.name),
            None => format!("{}_bg.wasm", module.name),
        }
    }

    /// Compiles the crate and gives the path of its `.wasm`.
    fn compile(&self, module: &Module) -> Outcome<PathBuf> {
        let mut cargo = Toolchain::find()?.cargo();
        cargo.args(["build", "--package", module.package, "--profile", self.profile, "--target", TARGET]);
        if let Some(flags) = self.simd.compiler_flags() {
            cargo.args(["--config", &format!("target.{TARGET}.rustflags = {flags:?}")]);
        }
        artefact::build(&mut cargo, "WebAssembly module", |file| file.extension().is_some_and(|kind| kind == "wasm"))
    }
}

/// The files that a build leaves in `www/package/wasm`.
pub(crate) fn outputs() -> Vec<PathBuf> {
    MODULES.iter().flat_map(Module::outputs).collect()
}

/// Builds all modules; generating and optimizing are left out where a compiled module did not change.
pub(crate) fn build(force: bool) -> Outcome {
    MODULES.iter().try_for_each(|module| build_module(module, force))
}

fn build_module(module: &Module, force: bool) -> Outcome {
    let compiled = module.builds.iter().map(|build| build.compile(module)).collect::<Outcome<Vec<_>>>()?;
    let folder = house::path(OUTPUT);
    fs::create_dir_all(&folder).map_err(Failure::file("create", &folder))?;

    let mut stamp = Stamp::new(&format!("wasm-{}", module.name));
    for compiled in &compiled {
        stamp.add_file(compiled)?;
    }
    // The generator is linked into this program, and the flags of the optimizer are written in it.
    stamp.add_file(&env::current_exe().map_err(Failure::file("find", "xtask"))?)?;
    stamp.add_file(&house::path(wasm_opt::PACKAGE))?;
    for script in module.scripts {
        stamp.add_file(&house::path(script))?;
    }
    if !force && stamp.is_current(&module.outputs()) {
        println!("{OUTPUT}/{} is up to date", module.name);
        return Ok(());
    }

    let mut glue: Option<String> = None;
    for (build, compiled) in module.builds.iter().zip(&compiled) {
        let generated = generate(module, compiled, &folder, &build.file(module), build.simd)?;
        if glue.as_ref().is_some_and(|glue| *glue != generated) {
            return Err(Failure::Bindgen(format!("the builds of {} have different glue", module.package)));
        }
        glue = Some(generated);
    }
    for script in module.scripts {
        let from = house::path(script);
        fs::copy(&from, beside_glue(script)).map_err(Failure::file("copy", &from))?;
    }
    stamp.keep()?;
    println!("wrote {OUTPUT}/{}", module.name);
    Ok(())
}

/// Where a script lies for the glue to import it.
fn beside_glue(script: &str) -> PathBuf {
    house::path(OUTPUT).join(Path::new(script).file_name().unwrap_or_default())
}

/// Writes glue and module into `folder`, the module as `file`; gives the glue.
fn generate(module: &Module, compiled: &Path, folder: &Path, file: &str, simd: Simd) -> Outcome<String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(module.name)
        .web(true)
        .map_err(|error| Failure::Bindgen(format!("{error:#}")))?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The package says where its modules are; bundlers would look for one beside the glue.
        .omit_default_module_path(true);
    let mut output = bindgen.generate_output().map_err(|error| Failure::Bindgen(format!("{error:#}")))?;
    let work = house::path("build/wasm").join(module.name);
    output.emit(&work).map_err(|error| Failure::Bindgen(format!("{error:#}")))?;
    let taken = |from: &str, to: &str| {
        let (from, to) = (work.join(from), folder.join(to));
        fs::copy(&from, &to).map_err(Failure::file("copy", &from)).map(|_| to)
    };
    for kind in ["js", "d.ts"] {
        let glue = format!("{}.{kind}", module.name);
        taken(&glue, &glue)?;
    }
    wasm_opt::optimize(&taken(&format!("{}_bg.wasm", module.name), file)?, simd, Exceptions::InGlue)?;
    Ok(output.js().to_owned())
}
