//! Files the commands read and write: logs, catalogues, attributes, packs.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use vitrine_catalog::Identifier;
use vitrine_pack::Pack;
use vitrine_train::{EventLog, KnownFeatures, read_attributes, read_products};

use crate::failure::Failure;

/// Where items are known from.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Items {
    /// Catalogue: one product as JSON per line, as `vitrine import` writes it.
    #[arg(long, value_name = "FILE", conflicts_with = "attributes")]
    pub(crate) catalogue: Option<PathBuf>,
    /// Attributes only: a JSON object of item to list of attributes.
    #[arg(long, value_name = "FILE")]
    pub(crate) attributes: Option<PathBuf>,
}

impl Items {
    pub(crate) fn read(&self) -> Result<KnownFeatures, Failure> {
        match (&self.catalogue, &self.attributes) {
            (Some(path), _) => read_products(open(path)?).map_err(Failure::content(path)),
            (None, Some(path)) => read_attributes(open(path)?).map_err(Failure::content(path)),
            (None, None) => Ok(KnownFeatures::default()),
        }
    }
}

pub(crate) fn open(path: &Path) -> Result<BufReader<File>, Failure> {
    File::open(path).map(BufReader::new).map_err(Failure::file(path))
}

pub(crate) fn read_log(path: &Path, known: &[Identifier]) -> Result<EventLog, Failure> {
    EventLog::read(open(path)?, known).map_err(Failure::content(path))
}

/// Writes to `path`, or to standard output for `-`.
pub(crate) fn create(path: &Path) -> Result<Box<dyn Write>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdout().lock()));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    }
    Ok(Box::new(BufWriter::new(File::create(path).map_err(Failure::file(path))?)))
}

/// A file that takes its place only when it is complete: until then what stands there stays.
pub(crate) struct Output {
    writer: Option<Box<dyn Write>>,
    /// Where it is written, and where it belongs; `None` for standard output.
    places: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Begins a file at `path`, or writes to standard output for `-`.
    pub(crate) fn begin(path: &Path) -> Result<Self, Failure> {
        if path.as_os_str() == "-" {
            return Ok(Self { writer: Some(create(path)?), places: None });
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        Ok(Self { writer: Some(create(&part)?), places: Some((part, path.to_owned())) })
    }

    /// Puts the complete file where it belongs.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let shown = self.places.as_ref().map_or_else(|| PathBuf::from("-"), |(_, path)| path.clone());
        if let Some(mut writer) = self.writer.take() {
            writer.flush().map_err(Failure::file(&shown))?;
        }
        match self.places.take() {
            Some((part, path)) => fs::rename(part, path).map_err(Failure::file(&shown)),
            None => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer.as_mut().map_or(Ok(bytes.len()), |writer| writer.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((part, _)) = &self.places {
            drop(self.writer.take());
            // What is left of a file that was not finished; that it cannot be removed changes nothing.
            let _ = fs::remove_file(part);
        }
    }
}

/// Writes a pack into `folder`: sections first, the manifest last, then removes the sections of an earlier pack.
pub(crate) fn write_pack(pack: &Pack, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let mut kept = vec!["manifest.json".to_owned()];
    for section in &pack.manifest().sections {
        let path = folder.join(&section.file);
        let bytes = pack.sections().get(&section.name).map_or(&[][..], Vec::as_slice);
        fs::write(&path, bytes).map_err(Failure::file(&path))?;
        eprintln!("  {:<12} {:>9} bytes  {}", section.name, section.bytes, path.display());
        kept.push(section.file.clone());
    }
    let path = folder.join("manifest.json");
    fs::write(&path, pack.manifest_json()).map_err(Failure::file(&path))?;
    let sections: Vec<&str> = pack.manifest().sections.iter().map(|section| section.name.as_str()).collect();
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let stale = name.split_once('.').is_some_and(|(section, _)| sections.contains(&section));
        if stale && !kept.contains(&name) {
            fs::remove_file(entry.path()).map_err(Failure::file(&entry.path()))?;
        }
    }
    Ok(())
}
