//! Artwork in cloth: it repeats, turns with its panel, ends at seams and leaves bare panels alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::PathBuf;

use vitrine_demo_goods::artwork::{Artwork, ArtworkError};
use vitrine_demo_goods::colour::{Rgb, luminance};
use vitrine_demo_goods::garment::Panel;
use vitrine_demo_goods::grid::Grid;
use vitrine_demo_goods::lay::{FINENESS, Laid};
use vitrine_demo_goods::piece::Print;

const SIDE: usize = 90;
const GROUND: Rgb = [0.9; 3];
const STRIPE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="10" fill="currentColor"/></svg>"#;

fn drawing(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

fn print(lay: &str) -> Print {
    serde_json::from_str(&format!(r#"{{ "art": "stripe", "side": "both", "lay": {lay} }}"#)).unwrap()
}

fn panels(text: &str) -> Vec<Panel> {
    serde_json::from_str(text).unwrap()
}

/// Whether the places of an even, flat cloth are inked.
fn inked<const N: usize>(name: &str, lay: &str, panels: &[Panel], places: [(usize, usize); N]) -> [bool; N] {
    let artwork = Artwork::draw(&drawing(name, STRIPE), 20.0 * FINENESS, Some("#000000")).unwrap();
    let (light, cloth) = (Grid::from_fn(SIDE, SIDE, |_, _| 1.0), Grid::from_fn(SIDE, SIDE, |_, _| true));
    let laid = Laid::new(&artwork, &print(lay), panels, &light, &cloth);
    places.map(|(x, y)| luminance(laid.over(x, y, GROUND)) < 0.3)
}

#[test]
fn a_repeat_fills_its_panel_from_its_origin() {
    let all = panels(r#"[{ "outline": [[0, 0], [90, 0], [90, 90], [0, 90]], "origin": [0, 5] }]"#);
    let places = [(10, 8), (10, 18), (70, 28), (70, 38), (40, 68)];
    assert_eq!(inked("fills.svg", r#"{ "repeat": 20 }"#, &all, places), [true, false, true, false, true]);
}

#[test]
fn a_turned_panel_turns_its_pattern() {
    let sleeve = panels(r#"[{ "outline": [[0, 0], [90, 0], [90, 90], [0, 90]], "turn": 90 }]"#);
    let places = [(5, 5), (5, 45), (15, 5), (15, 45)];
    let across = inked("turns.svg", r#"{ "repeat": 20 }"#, &sleeve, places);
    assert_eq!(across[0], across[1]);
    assert_eq!(across[2], across[3]);
    assert_ne!(across[0], across[2]);
}

#[test]
fn nothing_is_printed_beyond_the_seams_or_on_bare_panels() {
    let cut = panels(
        r#"[{ "outline": [[0, 0], [90, 0], [90, 20], [0, 20]], "bare": true },
            { "outline": [[0, 0], [45, 0], [45, 90], [0, 90]] }]"#,
    );
    let places = [(20, 5), (20, 45), (70, 45)];
    assert_eq!(inked("seams.svg", r#"{ "repeat": 20 }"#, &cut, places), [false, true, false]);
}

#[test]
fn a_placed_print_stands_once_where_it_is_put() {
    let places = [(45, 35), (45, 45), (45, 55), (20, 35), (70, 35)];
    assert_eq!(inked("once.svg", r#"{ "once": [45, 30, 20] }"#, &[], places), [true, false, false, false, false]);
}

#[test]
fn a_broken_drawing_is_named() {
    let broken = Artwork::draw(&drawing("broken.svg", "<svg"), 20.0, None);
    assert!(matches!(&broken, Err(ArtworkError::Draw { path, .. }) if path.ends_with("broken.svg")));
}
