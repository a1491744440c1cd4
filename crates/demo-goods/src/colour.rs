//! Colours: sRGB on disk, linear light for shading, OKLab (Ottosson 2020) for comparing.

use serde::Deserialize;
use thiserror::Error;

/// Linear red, green, blue; 0 is black, 1 the brightest a screen shows.
pub type Rgb = [f32; 3];

/// A colour written `#rrggbb` in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hex(pub Rgb);

/// Why a text is no colour.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no colour; write #rrggbb")]
pub struct HexError(String);

impl TryFrom<String> for Hex {
    type Error = HexError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let value = value.ok_or_else(|| HexError(text.clone()))?;
        let channel = |shift: u32| linear(((value >> shift) & 255) as u8);
        Ok(Self([channel(16), channel(8), channel(0)]))
    }
}

/// sRGB's byte as linear light.
pub fn linear(byte: u8) -> f32 {
    let value = f32::from(byte) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// Linear light as sRGB's byte; values outside 0 to 1 are clipped.
pub fn byte(light: f32) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

/// Relative luminance (Rec. 709).
pub fn luminance([r, g, b]: Rgb) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// OKLab: lightness 0 to 1, green-red, blue-yellow.
pub fn oklab([r, g, b]: Rgb) -> [f32; 3] {
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// `a` moved towards `b` by `share` (0 to 1).
pub fn mix([ar, ag, ab]: Rgb, [br, bg, bb]: Rgb, share: f32) -> Rgb {
    [ar + (br - ar) * share, ag + (bg - ag) * share, ab + (bb - ab) * share]
}

/// Brighter or darker by a factor.
pub fn scale([r, g, b]: Rgb, factor: f32) -> Rgb {
    [r * factor, g * factor, b * factor]
}

/// 0 up to `low`, 1 from `high`, smooth between.
pub fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
