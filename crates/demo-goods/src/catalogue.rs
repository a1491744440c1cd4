//! The catalogue of the range: every piece as a product with texts, sizes, stock and pictures.

use std::collections::BTreeMap;

use thiserror::Error;
use vitrine_catalog::{
    Availability, Centimeters, CentimetersError, Currency, Identifier, IdentifierError, Localized, Money, MoneyError,
    Picture, PictureRole, Product, SizeRow, Variant,
};

use crate::garment::Garment;
use crate::piece::Piece;
use crate::range::Range;

/// Side of a product picture, in pixels.
pub const LARGE: u32 = 900;
/// Side of its small form, in pixels.
pub const SMALL: u32 = 400;

/// Why a piece is no product.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// Its id or a size label cannot be used.
    #[error("in the piece {piece}: {source}")]
    Identifier {
        /// The piece.
        piece: String,
        /// What is wrong.
        source: IdentifierError,
    },
    /// A measure is out of range.
    #[error("in the garment {garment}: {source}")]
    Measure {
        /// The garment.
        garment: String,
        /// What is wrong.
        source: CentimetersError,
    },
    /// The currency is unknown.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// All products, in shop order.
pub fn products(range: &Range) -> Result<Vec<Product>, CatalogueError> {
    let made = range.pieces.iter().filter_map(|piece| Some((piece, range.garments.get(&piece.garment)?)));
    made.map(|(piece, garment)| product(piece, garment)).collect()
}

fn product(piece: &Piece, garment: &Garment) -> Result<Product, CatalogueError> {
    let euro = Currency::new("EUR")?;
    let money = |minor| Money { minor, currency: euro };
    let variants = garment.sizes.iter().map(|size| variant(piece, size)).collect::<Result<Vec<_>, _>>()?;
    let availability = if variants.iter().any(|variant| variant.availability.is_buyable()) {
        Availability::InStock { units: Some(variants.iter().map(|variant| units(variant.availability)).sum()) }
    } else {
        Availability::OutOfStock
    };
    Ok(Product {
        id: identifier(piece, &piece.id)?,
        title: piece.title.clone(),
        description: paragraphs(&piece.words, &garment.cut),
        brand: Some(piece.brand.clone().unwrap_or_else(|| garment.brand.clone())),
        category: garment.category.clone(),
        price: money(piece.price),
        compare_at: piece.compare_at.map(money),
        attributes: piece.attributes.iter().chain(&garment.attributes).cloned().collect(),
        variants,
        sizes: sizes(piece, garment)?,
        pictures: vec![picture(piece, PictureRole::Front), picture(piece, PictureRole::Back)],
        availability,
        link: None,
    })
}

fn paragraphs(first: &Localized, second: &Localized) -> Localized {
    Localized { en: format!("{}\n\n{}", first.en, second.en), zh: format!("{}\n\n{}", first.zh, second.zh) }
}

fn variant(piece: &Piece, size: &str) -> Result<Variant, CatalogueError> {
    let sku = format!("{}-{}", piece.id, size.to_lowercase().replace('/', "-"));
    let units = if piece.sold_out { 0 } else { invented_stock(&sku) };
    let availability = if units == 0 { Availability::OutOfStock } else { Availability::InStock { units: Some(units) } };
    let options = BTreeMap::from([("size".to_owned(), size.to_owned())]);
    Ok(Variant { sku: identifier(piece, &sku)?, options, price: None, availability })
}

/// Stock of a demo variant, always the same for the same SKU: none for about one in six, else 1 to 24.
fn invented_stock(sku: &str) -> u32 {
    let hash = sku.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    if (mixed >> 8) % 6 == 0 { 0 } else { 1 + (mixed >> 16) % 24 }
}

fn units(availability: Availability) -> u32 {
    match availability {
        Availability::InStock { units } => units.unwrap_or(0),
        _ => 0,
    }
}

fn sizes(piece: &Piece, garment: &Garment) -> Result<Vec<SizeRow>, CatalogueError> {
    let row = |(place, label): (usize, &String)| {
        let measured = garment.measures.iter().filter_map(|(measure, row)| Some((*measure, *row.get(place)?)));
        let measures = measured.map(|(measure, length)| Ok((measure, Centimeters::new(length)?)));
        let measures = measures.collect::<Result<_, CentimetersError>>();
        let garment = piece.garment.clone();
        let measures = measures.map_err(|source| CatalogueError::Measure { garment, source })?;
        Ok(SizeRow { label: label.clone(), measures })
    };
    garment.sizes.iter().enumerate().map(row).collect()
}

fn picture(piece: &Piece, role: PictureRole) -> Picture {
    let (side, en, zh) = match role {
        PictureRole::Back => ("back", "from behind", "背面"),
        PictureRole::Front | PictureRole::Detail => ("front", "from the front", "正面"),
    };
    let alt = Localized {
        en: format!("{}, {en}, laid flat on a light ground", piece.title.en),
        zh: format!("{}，{zh}，平铺于浅色背景", piece.title.zh),
    };
    let url = format!("/goods/{}-{side}-{LARGE}.webp", piece.id);
    Picture { url, alt, width: Some(LARGE), height: Some(LARGE), role }
}

fn identifier(piece: &Piece, text: &str) -> Result<Identifier, CatalogueError> {
    Identifier::new(text).map_err(|source| CatalogueError::Identifier { piece: piece.id.clone(), source })
}
