//! The one-euro filter: a low-pass filter that lets through more the faster its number changes (Casiez, Roussel and Vogel,
//! CHI 2012), with speeds scaled as MediaPipe does.

use core::f32::consts::PI;

/// Exponential smoothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LowPass {
    stored: Option<f32>,
}

impl LowPass {
    /// Takes `share` of a number, and the rest of what was before. The first number comes back as it is.
    pub fn next(&mut self, number: f32, share: f32) -> f32 {
        let smooth = self.stored.map_or(number, |stored| share * number + (1.0 - share) * stored);
        self.stored = Some(smooth);
        smooth
    }
}

/// Cut-off frequencies, in hertz.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cutoffs {
    /// Of a number that stands still: the lower, the less jitter.
    pub least: f32,
    /// What each unit of speed adds: the higher, the less lag.
    pub per_speed: f32,
    /// Of the speed's own smoothing.
    pub speed: f32,
}

/// The filter of one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneEuro {
    cutoffs: Cutoffs,
    number: LowPass,
    speed: LowPass,
    last: Option<(u64, f32)>,
    frequency: f32,
}

impl OneEuro {
    /// A filter that has seen nothing yet.
    #[must_use]
    pub fn new(cutoffs: Cutoffs) -> Self {
        // Thirty frames a second are assumed until a second frame tells.
        Self { cutoffs, number: LowPass::default(), speed: LowPass::default(), last: None, frequency: 30.0 }
    }

    /// The number, smoothed. `scale` multiplies its changes before they count as speed. A frame that is not later than
    /// the one before comes back as it is.
    pub fn next(&mut self, number: f32, scale: f32, microseconds: u64) -> f32 {
        let speed = match self.last {
            Some((last, _)) if microseconds <= last => return number,
            Some((last, before)) => {
                self.frequency = 1e6 / (microseconds - last) as f32;
                (number - before) * scale * self.frequency
            }
            None => 0.0,
        };
        self.last = Some((microseconds, number));
        let speed = self.speed.next(speed, self.share(self.cutoffs.speed));
        let cutoff = self.cutoffs.least + self.cutoffs.per_speed * speed.abs();
        self.number.next(number, self.share(cutoff))
    }

    /// How much of a new number a cut-off frequency takes.
    fn share(&self, cutoff: f32) -> f32 {
        1.0 / (1.0 + self.frequency / (2.0 * PI * cutoff))
    }
}
