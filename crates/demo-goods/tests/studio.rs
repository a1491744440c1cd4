//! What the studio promises: cloth changes colour, nothing else does; prints stay on their panel and in the light.
#![allow(clippy::unwrap_used)]

use vitrine_demo_goods::colour::{Hex, Rgb, luminance};
use vitrine_demo_goods::cutout::{Cutout, cut};
use vitrine_demo_goods::dye;
use vitrine_demo_goods::garment::{Mend, Shot};
use vitrine_demo_goods::grid::Grid;
use vitrine_demo_goods::mend::cover;
use vitrine_demo_goods::picture::Picture;
use vitrine_demo_goods::piece::Dye;

const SIDE: usize = 120;
const BACKDROP: Rgb = [0.8, 0.8, 0.76];

/// A square of blue cloth with a shadow below it; its left half lies in a fold.
fn photo() -> Picture {
    Grid::from_fn(SIDE, SIDE, |x, y| match (x, y) {
        (30..60, 30..90) => [0.05, 0.08, 0.2],
        (60..90, 30..90) => [0.1, 0.16, 0.4],
        (30..90, 90..98) => BACKDROP.map(|light| light * 0.6),
        _ => BACKDROP,
    })
}

fn shot(text: &str) -> Shot {
    serde_json::from_str(text).unwrap()
}

fn red() -> Dye {
    Dye { colour: Hex::try_from("#a03020".to_owned()).unwrap(), depth: 1.0, fade: 0.0, lines: None }
}

fn dyed(cutout: &Cutout, shot: &Shot) -> Picture {
    dye::colour(cutout, shot, &red(), |_, _, plain| plain)
}

#[test]
fn the_cut_follows_the_cloth_and_leaves_its_shadow() {
    let cutout = cut(&photo(), &shot("{}"));
    assert!(cutout.mask.get(45, 60) && cutout.mask.get(88, 88) && cutout.mask.get(31, 31));
    assert!(!cutout.mask.get(60, 95) && !cutout.mask.get(20, 60));
    assert!(cutout.shadow.get(60, 96) < 0.8 && cutout.shadow.get(60, 20) > 0.97);
}

#[test]
fn shade_as_dark_as_cloth_is_cut_away_where_it_is_marked() {
    let marked = shot(r#"{ "shade": [[[20, 70], [100, 70], [100, 119], [20, 119]]] }"#);
    let cutout = cut(&photo(), &marked);
    assert!(cutout.mask.get(45, 60) && !cutout.mask.get(45, 80));
}

#[test]
fn dye_replaces_the_hue_and_keeps_the_fold() {
    let plain = shot("{}");
    let picture = dyed(&cut(&photo(), &plain), &plain);
    let ([r, _, b], folded) = (picture.get(75, 60), picture.get(40, 60));
    assert!(r > b, "red cloth");
    let before = luminance(photo().get(40, 60)) / luminance(photo().get(75, 60));
    let after = luminance(folded) / luminance([r, picture.get(75, 60)[1], b]);
    assert!((before - after).abs() < 0.02, "{before} {after}");
}

#[test]
fn what_is_not_cloth_takes_no_dye() {
    let button = shot(r#"{ "undyed": [[[68, 52], [84, 52], [84, 68], [68, 68]]] }"#);
    let cutout = cut(&photo(), &button);
    let picture = dyed(&cutout, &button);
    let change = |x, y| (luminance(picture.get(x, y)) / luminance(cutout.cloth.get(x, y)) - 1.0).abs();
    assert!(change(76, 60) < 1e-3 && change(76, 80) > 0.1);
}

#[test]
fn a_mark_is_covered_with_cloth_in_the_light_of_its_place() {
    let cloth = |y: usize| [0.1 + 0.002 * y as f32; 3];
    let marked = Grid::from_fn(SIDE, SIDE, |x, y| match (x, y) {
        (57..63, 57..63) => [0.9; 3],
        _ => cloth(y),
    });
    let mend: Mend =
        serde_json::from_str(r#"{ "outline": [[55, 55], [65, 55], [65, 65], [55, 65]], "from": [0, 18] }"#).unwrap();
    let covered = cover(&marked, &mend);
    for y in [58, 60, 62] {
        let (found, expected) = (luminance(covered.get(60, y)), luminance(cloth(y)));
        assert!((found / expected - 1.0).abs() < 0.05, "{found} {expected}");
    }
    assert_eq!(covered.get(60, 90), cloth(90));
}
