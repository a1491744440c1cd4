//! `demo-goods`: makes the demo shop's product pictures, its catalogue, and contact sheets to judge them by.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::{Parser, Subcommand};
use vitrine_demo_goods::catalogue::{LARGE, SMALL, products};
use vitrine_demo_goods::picture::{Picture, resize, write_png, write_webp};
use vitrine_demo_goods::piece::{Piece, Side};
use vitrine_demo_goods::range::{self, Range};
use vitrine_demo_goods::sheet::contact;
use vitrine_demo_goods::studio::Studio;

/// WebP quality: no fold or weave is lost to the eye.
const QUALITY: f32 = 80.0;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Makes the pictures and the catalogue of the demo shop.
#[derive(Parser)]
struct Arguments {
    /// Folder with garments, prints and range.
    #[arg(long, default_value = "demo")]
    demo: PathBuf,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Photographs every piece, front and back, as WebP of 900 and 400 pixels.
    Pictures {
        /// Only pieces whose id contains this.
        #[arg(long, default_value = "")]
        only: String,
        /// Folder of the pictures.
        #[arg(long, default_value = "www/shop/public/goods")]
        output: PathBuf,
    },
    /// Writes catalogue.jsonl, one product a line.
    Catalogue {
        /// The file.
        #[arg(long, default_value = "demo/catalogue.jsonl")]
        output: PathBuf,
    },
    /// Puts pictures of pieces side by side into one PNG.
    Sheet {
        /// Only pieces whose id contains this.
        #[arg(long, default_value = "")]
        only: String,
        /// Pictures in a row.
        #[arg(long, default_value_t = 6)]
        columns: usize,
        /// Pixels of a picture.
        #[arg(long, default_value_t = 300)]
        side: u32,
        /// The file.
        output: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("demo-goods: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let range = range::read(&arguments.demo)?;
    let studio = Studio::new(&arguments.demo);
    match &arguments.task {
        Task::Pictures { only, output } => {
            let made = photograph(&range, &studio, only, |piece, side, picture| save(output, piece, side, picture))?;
            eprintln!("{} pictures in {}", made.len(), output.display());
        }
        Task::Catalogue { output } => {
            let lines = products(&range)?.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
            fs::write(output, lines.join("\n") + "\n")?;
            eprintln!("{} products in {}", lines.len(), output.display());
        }
        Task::Sheet { only, columns, side, output } => {
            let pictures = photograph(&range, &studio, only, |_, _, picture| Ok(resize(picture, *side)))?;
            write_png(&contact(&pictures, *columns, *side), output)?;
        }
    }
    Ok(())
}

/// Photographs the chosen pieces on all processors and gives each picture to `keep`; results in range order.
fn photograph<T: Send>(
    range: &Range,
    studio: &Studio,
    only: &str,
    keep: impl Fn(&Piece, Side, &Picture) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let chosen = range.pieces.iter().filter(|piece| piece.id.contains(only));
    let jobs: Vec<(&Piece, Side)> = chosen.flat_map(|piece| [(piece, Side::Front), (piece, Side::Back)]).collect();
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let take = || {
        let place = next.fetch_add(1, Ordering::Relaxed);
        jobs.get(place).map(|job| (place, job))
    };
    let work = || {
        while let Some((place, (piece, side))) = take() {
            let Some(garment) = range.garments.get(&piece.garment) else { continue };
            let picture = studio.photograph(piece, garment, *side).map_err(Failure::from);
            let result = picture.and_then(|picture| keep(piece, *side, &picture));
            if let Ok(mut done) = done.lock() {
                done.push((place, result));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

fn save(folder: &Path, piece: &Piece, side: Side, picture: &Picture) -> Result<(), Failure> {
    let side = if side == Side::Back { "back" } else { "front" };
    for pixels in [LARGE, SMALL] {
        let path = folder.join(format!("{}-{side}-{pixels}.webp", piece.id));
        write_webp(&resize(picture, pixels), &path, QUALITY)?;
    }
    Ok(())
}
