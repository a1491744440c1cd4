//! Draws what is found in product photos: the cloth on magenta, and the points of the garment; hollow ones are guessed.
//! `cargo run -p vitrine-garments --example garment -- OUT.png PHOTO...`

use std::error::Error;

use image::imageops::{FilterType, replace, resize};
use image::{Rgb, RgbImage};
use vitrine_garments::Garment;
use vitrine_vision::{Picture, Point};

const SIDE: u32 = 480;
const COLUMNS: u32 = 6;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("usage: garment OUT.png PHOTO...")?;
    let mut drawn = Vec::new();
    for path in arguments {
        let photo = image::open(&path)?.into_rgba8();
        let picture = Picture::upright(&photo, photo.width() as usize, photo.height() as usize)?;
        let garment = match Garment::find(&picture) {
            Ok(garment) => garment,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        println!("{path}: {:?} {:?}", garment.kind, garment.sleeves);
        let mut image = RgbImage::from_fn(photo.width(), photo.height(), |x, y| {
            let index = y as usize * garment.width + x as usize;
            let share = u32::from(garment.alpha.get(index).copied().unwrap_or_default());
            let [red, green, blue, _] = photo.get_pixel(x, y).0.map(u32::from);
            let mix = |cloth: u32, ground: u32| ((cloth * share + ground * (255 - share)) / 255) as u8;
            Rgb([mix(red, 255), mix(green, 0), mix(blue, 200)])
        });
        let radius = image.width() as f32 / 110.0;
        for mark in garment.marks.values() {
            dot(&mut image, mark.point, radius * 1.4, [255, 255, 255]);
            dot(&mut image, mark.point, radius, if mark.seen { [255, 0, 0] } else { [255, 255, 0] });
        }
        if let Some(crotch) = garment.crotch {
            dot(&mut image, crotch, radius, [0, 255, 0]);
        }
        drawn.push(resize(&image, SIDE, SIDE, FilterType::Triangle));
    }
    let mut sheet = RgbImage::new(SIDE * COLUMNS, SIDE * (drawn.len() as u32).div_ceil(COLUMNS).max(1));
    for (index, image) in (0..).zip(&drawn) {
        replace(&mut sheet, image, i64::from(index % COLUMNS * SIDE), i64::from(index / COLUMNS * SIDE));
    }
    sheet.save(out)?;
    Ok(())
}

fn dot(image: &mut RgbImage, at: Point, radius: f32, colour: [u8; 3]) {
    let reach = radius.ceil() as i64;
    for (dx, dy) in (-reach..=reach).flat_map(|dx| (-reach..=reach).map(move |dy| (dx, dy))) {
        let inside = (dx * dx + dy * dy) as f32 <= radius * radius;
        let place = u32::try_from(at.x as i64 + dx).ok().zip(u32::try_from(at.y as i64 + dy).ok());
        if let Some(pixel) = place.filter(|_| inside).and_then(|(x, y)| image.get_pixel_mut_checked(x, y)) {
            *pixel = Rgb(colour);
        }
    }
}
