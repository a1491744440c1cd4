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

/// Which vector instructions a module may use.
#[derive(Clone, Copy)]
pub(crate) enum Simd {
    /// None at all.
    None,
    /// WebAssembly's fixed-width SIMD, which every current browser has.
    Plain,
    /// Relaxed SIMD besides, whose fused multiply-add some browsers lack.
    Relaxed,
}

impl Simd {
    /// What the compiler is told. Loop-strength reduction would spread the addresses of the kernels' inner loops over so
    /// many variables that browsers run out of registers, at half the speed.
    pub(crate) fn compiler_flags(self) -> Option<[&'static str; 2]> {
        const NO_LOOP_STRENGTH_REDUCTION: &str = "-Cllvm-args=-disable-lsr";
        match self {
            Self::None => None,
            Self::Plain => Some(["-Ctarget-feature=+simd128", NO_LOOP_STRENGTH_REDUCTION]),
            Self::Relaxed => Some(["-Ctarget-feature=+simd128,+relaxed-simd", NO_LOOP_STRENGTH_REDUCTION]),
        }
    }

    /// How the optimizer weighs speed and size: only the vector modules do nothing but compute.
    fn level(self) -> &'static str {
        match self {
            Self::None => "-Os",
            Self::Plain | Self::Relaxed => "-O3",
        }
    }

    /// What the optimizer must leave apart. Functions called from one place are still functions: a browser replaces its
    /// hastily compiled code function by function, at the next call. A kernel's inner loop put into what calls it once a
    /// run stays slow for the whole first run, and drags its caller through the optimizing compiler.
    fn kept_apart(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Plain | Self::Relaxed => &["--one-caller-inline-max-function-size", "10"],
        }
    }

    /// What the optimizer calls them.
    fn flags(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Plain => &["--enable-simd"],
            Self::Relaxed => &["--enable-simd", "--enable-relaxed-simd"],
        }
    }
}

/// Whether a module catches what JavaScript throws by itself, as glue with an abort handler has it do.
#[derive(Clone, Copy)]
pub(crate) enum Exceptions {
    /// The glue catches.
    InGlue,
    /// WebAssembly's own exception handling.
    InModule,
}

impl Exceptions {
    fn flags(self) -> &'static [&'static str] {
        match self {
            Self::InGlue => &[],
            Self::InModule => &["--enable-exception-handling"],
        }
    }
}

/// Optimizes a module in place.
///
/// # Errors
/// Where npm's packages are not installed or the module is not valid.
pub(crate) fn optimize(module: &Path, simd: Simd, exceptions: Exceptions) -> Outcome {
    let program = house::path(PROGRAM);
    if !program.exists() {
        return Err(Failure::Missing { path: program, advice: "run `npm ci`" });
    }
    let smaller = module.with_extension("smaller");
    let mut command = Command::new(program);
    command
        .arg(simd.level())
        .args(simd.kept_apart())
        .args(FEATURES)
        .args(simd.flags())
        .args(exceptions.flags())
        .arg(module)
        .arg("--output")
        .arg(&smaller);
    house::run(&mut command, "Run `npm ci`.")?;
    std::fs::rename(&smaller, module).map_err(Failure::file("replace", module))
}
