//! Which compiler builds for the browser: the active one where it can, else the linked fallback.
//!
//! Most machines have `rustup target add wasm32-unknown-unknown`. Where rustup cannot download, set-up links
//! Debian's compiler as the toolchain [`FALLBACK`], with a standard library built from source; that one has no
//! linker beside it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::failure::{Failure, Outcome};

/// The target of everything that runs in a page.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// The name under which `scripts/set-up.mjs` links the fallback; keep the two alike.
const FALLBACK: &str = "vitrine";
const LINKER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";

/// A compiler that has the standard library for [`TARGET`].
pub(crate) struct Toolchain {
    /// `None`: the one that is active anyway.
    name: Option<&'static str>,
    /// `None`: it has its own, or the environment names one.
    linker: Option<PathBuf>,
}

impl Toolchain {
    /// Finds it.
    ///
    /// # Errors
    /// Where no installed toolchain has the library, or it has no linker and there is none on the path.
    pub(crate) fn find() -> Outcome<Self> {
        let name =
            [None, Some(FALLBACK)].into_iter().find(|name| has_library(*name)).ok_or(Failure::NoWasmToolchain)?;
        let linker = if env::var_os(LINKER).is_some() || has_own_linker(name) {
            None
        } else {
            Some(linker_on_path().ok_or(Failure::NoLinker)?)
        };
        Ok(Self { name, linker })
    }

    /// A call of cargo with this compiler.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = choose("cargo", self.name);
        if let Some(linker) = &self.linker {
            cargo.env(LINKER, linker);
        }
        cargo
    }
}

/// `program` (cargo or rustc) of the toolchain `name`, through rustup's proxies.
fn choose(program: &str, name: Option<&str>) -> Command {
    let mut command = Command::new(program);
    // Set by the cargo that started this program, for that cargo's own toolchain.
    command.env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTDOC");
    if let Some(name) = name {
        command.env("RUSTUP_TOOLCHAIN", name);
    }
    command
}

fn has_library(name: Option<&str>) -> bool {
    printed(choose("rustc", name).args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|folder| file_names(Path::new(&folder)).iter().any(|file| file.starts_with("libstd-")))
}

fn has_own_linker(name: Option<&str>) -> bool {
    printed(choose("rustc", name).args(["--print", "target-libdir"]))
        .and_then(|library| Some(Path::new(&library).parent()?.join("bin/rust-lld")))
        .is_some_and(|linker| linker.is_file())
}

/// `wasm-ld`, or Debian's `wasm-ld-22` and the like, the newest of them.
fn linker_on_path() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .flat_map(|folder| file_names(&folder).into_iter().map(move |file| (version(&file), folder.join(file))))
        .filter_map(|(version, linker)| Some((version?, linker)))
        .max()
        .map(|(_, linker)| linker)
}

/// The version that a linker's file name tells; the plain name counts as the newest.
fn version(file: &str) -> Option<u32> {
    match file.strip_prefix("wasm-ld")? {
        "" => Some(u32::MAX),
        rest => rest.strip_prefix('-')?.parse().ok(),
    }
}

fn file_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn printed(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
