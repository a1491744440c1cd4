//! The demo shop as the measurements see it.

use std::error::Error;
use std::path::{Path, PathBuf};

use vitrine_assistant::{Knowledge, Model, PolicyText};
use vitrine_catalog::{Language, Product};

pub(crate) struct World {
    pub(crate) knowledge: Knowledge,
    pub(crate) model: Model,
    pub(crate) products: Vec<Product>,
    pub(crate) policies: Vec<PolicyText>,
}

impl World {
    pub(crate) fn open() -> Result<Self, Box<dyn Error>> {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
        let catalogue = std::fs::read_to_string(demo.join("catalogue.jsonl"))?;
        let products: Vec<Product> = catalogue.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let mut policies = Vec::new();
        for (folder, language) in [("en", Language::En), ("zh", Language::Zh)] {
            let mut files: Vec<PathBuf> = std::fs::read_dir(demo.join("policies").join(folder))?
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<_, std::io::Error>>()?;
            files.sort();
            for file in files {
                let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                policies.push(PolicyText { name, language, markdown: std::fs::read_to_string(&file)? });
            }
        }
        let knowledge = Knowledge::new(products.iter().cloned(), &policies);
        Ok(Self { knowledge, model: Model::default(), products, policies })
    }
}

/// Lines of a set as JSON; empty where there is no such file.
pub(crate) fn set(name: &str) -> Result<Vec<serde_json::Value>, Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sets").join(name);
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(file)?;
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?)
}
