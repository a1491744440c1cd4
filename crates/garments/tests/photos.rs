//! What is found in the photographs of `demo/garments`, which were looked at one by one.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]
#![allow(clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

use std::path::{Path, PathBuf};

use vitrine_garments::{Garment, GarmentError, Kind, Place, Side, Sleeves};
use vitrine_vision::{Picture, Point};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn find(path: &str) -> Result<Garment, GarmentError> {
    let photo = image::open(root().join(path)).unwrap().into_rgba8();
    Garment::find(&Picture::upright(&photo, photo.width() as usize, photo.height() as usize).unwrap())
}

#[test]
fn kinds_sleeves_and_points_of_all_garments_are_found() {
    let goods = [
        ("jackets_1", Kind::Top, Some(Sleeves::Long)),
        ("jackets_2", Kind::Top, Some(Sleeves::Long)),
        ("jackets_3", Kind::Top, Some(Sleeves::Long)),
        ("jackets_4", Kind::Top, Some(Sleeves::Long)),
        ("shirts_1", Kind::Top, Some(Sleeves::Long)),
        ("shirts_2", Kind::Top, Some(Sleeves::Short)),
        ("shirts_3", Kind::Top, Some(Sleeves::Short)),
        ("shirts_4", Kind::Top, Some(Sleeves::Short)),
        ("pants_1", Kind::Trousers, None),
        ("pants_2", Kind::Trousers, None),
        ("pants_3", Kind::Trousers, None),
        ("pants_4", Kind::Overall, None),
    ];
    for (name, kind, sleeves) in goods {
        for face in ["front", "back"] {
            let photo = format!("{name}_{face}");
            let garment = find(&format!("demo/garments/{photo}.jpg")).unwrap();
            assert_eq!((garment.kind, garment.sleeves), (kind, sleeves), "{photo}");
            assert_eq!(garment.crotch.is_some(), kind != Kind::Top, "{photo}");
            let places = match (kind, sleeves) {
                (Kind::Top, Some(Sleeves::Long)) => 9,
                (Kind::Top, _) => 7,
                (Kind::Trousers, _) => 6,
                (Kind::Overall, _) => 7,
            };
            assert_eq!(garment.marks.len(), places * 2, "{photo}");
            lies_alike_on_both_sides(&photo, &garment);
        }
    }
}

/// Real cloth is never quite symmetrical.
fn lies_alike_on_both_sides(photo: &str, garment: &Garment) {
    for ((place, side), mark) in &garment.marks {
        if *side == Side::Left {
            let other = garment.at(*place, Side::Right).unwrap().point;
            let mirrored = Point::new(2.0 * garment.axis - other.x, other.y);
            let apart = mark.point.distance(mirrored);
            assert!(apart < 36.0, "{photo}: {place:?} lie {apart} px apart");
        }
    }
}

#[test]
fn points_lie_where_they_were_found_by_eye() {
    use Place::{Armpit, Collar, CuffInner, CuffOuter, HemInner, HemOuter, Hip, Shoulder, Waist};
    let seen = [
        ("jackets_3_front", Collar, Side::Left, [378.0, 127.0]),
        ("jackets_3_front", Shoulder, Side::Right, [797.0, 206.0]),
        ("jackets_3_front", CuffOuter, Side::Left, [72.0, 951.0]),
        ("jackets_3_front", CuffInner, Side::Left, [167.0, 968.0]),
        ("jackets_3_front", Hip, Side::Left, [259.0, 914.0]),
        ("shirts_4_back", Armpit, Side::Right, [771.0, 532.0]),
        ("shirts_4_back", CuffOuter, Side::Right, [951.0, 428.0]),
        ("shirts_4_back", CuffInner, Side::Right, [805.0, 550.0]),
        ("shirts_4_back", Hip, Side::Left, [243.0, 960.0]),
        ("pants_1_front", Waist, Side::Left, [342.0, 59.0]),
        ("pants_1_front", HemOuter, Side::Left, [285.0, 991.0]),
        ("pants_1_front", HemInner, Side::Left, [444.0, 991.0]),
    ];
    for (photo, place, side, [x, y]) in seen {
        let mark = find(&format!("demo/garments/{photo}.jpg")).unwrap().at(place, side).unwrap();
        let apart = mark.point.distance(Point::new(x, y));
        println!("{photo} {side:?} {place:?}: {:?}, {apart:.0} px", mark.point);
        assert!(mark.seen && apart < 16.0, "{photo} {side:?} {place:?}: {:?}", mark.point);
    }
}

#[test]
fn a_white_tee_on_a_light_ground_is_cut_out_as_it_was_by_hand() {
    // The demo shop's own outlines of this tee were drawn by hand.
    let goods: serde_json::Value =
        serde_json::from_slice(&std::fs::read(root().join("demo/garments/tee.json")).unwrap()).unwrap();
    for face in ["front", "back"] {
        let outline: Vec<[f64; 2]> = serde_json::from_value(goods[face]["outline"].clone()).unwrap();
        let garment = find(&format!("demo/garments/shirts_3_{face}.jpg")).unwrap();
        let (mut both, mut either) = (0.0, 0.0);
        for y in 0..garment.height {
            for x in 0..garment.width {
                let drawn = holds(&outline, x as f64 + 0.5, y as f64 + 0.5);
                let found = garment.alpha[y * garment.width + x] >= 128;
                both += f64::from(u8::from(drawn && found));
                either += f64::from(u8::from(drawn || found));
            }
        }
        let share = both / either;
        println!("{face}: {share:.4} of both outlines is common");
        assert!(share > 0.97, "{face}: {share}");
    }
}

/// Even-odd rule.
fn holds(outline: &[[f64; 2]], x: f64, y: f64) -> bool {
    let next = outline.iter().cycle().skip(1);
    let crossings = outline
        .iter()
        .zip(next)
        .filter(|([ax, ay], [bx, by])| (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax));
    crossings.count() % 2 == 1
}

#[test]
fn a_photo_of_a_park_has_no_plain_ground() {
    let error = find("models/pictures/posture.png").unwrap_err();
    assert!(matches!(error, GarmentError::NotPlain { .. }), "{error}");
    assert!(error.to_string().contains("plain light ground"));
}
