//! The automatic forecast: methods weighted by how they would have done from earlier points of the same history.

use crate::autoregression::Autoregression;
use crate::ces::Ces;
use crate::error::ForecastError;
use crate::ets::Ets;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::mstl::Mstl;
use crate::naive::SeasonalNaive;
use crate::rolling::{Origins, roll};
use crate::theta::Theta;
use crate::work::Work;

/// lab
#[derive(Clone, Debug)]
pub struct Automatic {
    /// lab
    pub horizon: usize,
    /// lab
    pub power: f64,
    /// lab
    pub cut: f64,
    /// lab
    pub origins: usize,
    /// lab
    pub median: bool,
    /// lab
    pub set: u32,
    /// squares instead of absolute
    pub squares: bool,
}

struct Member {
    weight: f64,
    fitted: Box<dyn Fitted>,
}

struct Combination {
    members: Vec<Member>,
    which: Automatic,
    factor: f64,
}

impl Automatic {
    fn candidates(&self, history: History<'_>) -> Vec<Box<dyn Method>> {
        let count = history.values.len();
        let fitting = history.seasons.iter().filter(|&&season| 2 * season < count).count();
        let mut all: Vec<Box<dyn Method>> = vec![Box::new(SeasonalNaive { season: Some(0) })];
        if fitting >= 2 {
            all.push(Box::new(SeasonalNaive { season: None }));
        }
        if self.set & 1 != 0 { all.push(Box::new(Theta)); }
        if self.set & 2 != 0 { all.push(Box::new(Ets { damped: false })); }
        if self.set & 4 != 0 { all.push(Box::new(Ets { damped: true })); }
        if self.set & 8 != 0 { all.push(Box::new(Ces)); }
        if self.set & 16 != 0 { all.push(Box::new(Autoregression { logarithms: false })); }
        if self.set & 32 != 0 { all.push(Box::new(Autoregression { logarithms: true })); }
        let long = fitting >= 2;
        if self.set & 64 != 0 && long { all.push(Box::new(Mstl { logarithms: false, theta: false })); }
        if self.set & 128 != 0 && long { all.push(Box::new(Mstl { logarithms: true, theta: false })); }
        if self.set & 256 != 0 && long { all.push(Box::new(Mstl { logarithms: false, theta: true })); }
        if self.set & 512 != 0 && long { all.push(Box::new(Mstl { logarithms: true, theta: true })); }
        all
    }
}

impl Method for Automatic {
    fn name(&self) -> &'static str {
        "auto"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 1, history)?;
        let count = history.values.len();
        let least = (2 * history.season() + 3).max(8).min(count/2+1).max(6);
        let origins = Origins::plan(count, self.horizon, least, self.origins);
        let mut trials: Vec<(f64, Box<dyn Method>, Vec<Path>)> = Vec::new();
        for method in self.candidates(history) {
            match &origins {
                Some(origins) => {
                    let Ok(paths) = roll(method.as_ref(), history, origins, work) else { continue };
                    let (mut sum, mut n) = (0.0, 0.0);
                    for (path, &length) in paths.iter().zip(&origins.lengths) {
                        for (mean, value) in path.mean.iter().zip(history.values.iter().skip(length)) {
                            sum += if self.squares { (mean - value) * (mean - value) } else { (mean - value).abs() };
                            n += 1.0;
                        }
                    }
                    let e = if self.squares { (sum / n).sqrt() } else { sum / n };
                    trials.push((e, method, paths));
                }
                None => trials.push((1.0, method, vec![])),
            }
        }
        let best = trials.iter().map(|t| t.0).fold(f64::INFINITY, f64::min);
        let mut members = Vec::new();
        let mut kept = Vec::new();
        for (error, method, paths) in trials {
            if error > best * self.cut { continue; }
            let weight = libm::pow((best + 1e-12) / (error + 1e-12), self.power);
            let Ok(fitted) = method.fit(history, work) else { continue };
            members.push(Member { weight, fitted });
            kept.push((weight, paths));
        }
        let total: f64 = members.iter().map(|m| m.weight).sum();
        for m in &mut members { m.weight /= total; }
        // calibration
        let mut factor = 1.0;
        if let Some(origins) = &origins {
            let (mut sum, mut n) = (0.0, 0.0);
            for (w, &length) in origins.lengths.iter().enumerate() {
                let paths: Vec<(f64, &Path)> = kept.iter().map(|(weight, p)| (weight / total, &p[w])).collect();
                let joint = join(&paths, self.median);
                for ((mean, spread), value) in joint.mean.iter().zip(&joint.spread).zip(history.values.iter().skip(length)) {
                    let z = (value - mean) / spread.max(1e-12);
                    sum += (z * z).min(25.0);
                    n += 1.0;
                }
            }
            let eff = n / origins.horizon as f64 * 1.0;
            factor = ((1.0 * 1.0 + sum / n * eff) / (1.0 + eff)).sqrt();
        }
        if members.is_empty() { return Err(ForecastError::OutOfWork); }
        Ok(Box::new(Combination { members, which: self.clone(), factor }))
    }
}

fn join(paths: &[(f64, &Path)], median: bool) -> Path {
    let h = paths.iter().map(|p| p.1.mean.len()).min().unwrap_or(0);
    let mut out = Path::default();
    for i in 0..h {
        let at = |f: &dyn Fn(&Path) -> &Vec<f64>| paths.iter().map(|(w, p)| w * f(p)[i]).sum::<f64>();
        let mut mean = at(&|p| &p.mean);
        if median {
            let mut v: Vec<(f64, f64)> = paths.iter().map(|(w, p)| (p.mean[i], *w)).collect();
            v.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut acc = 0.0;
            for (k, (x, w)) in v.iter().enumerate() {
                acc += w;
                if acc >= 0.5 { mean = if acc - 0.5 < 1e-9 && k + 1 < v.len() { 0.5 * (x + v[k + 1].0) } else { *x }; break; }
            }
        }
        let spread = at(&|p| &p.spread);
        let between = paths.iter().map(|(w, p)| w * (p.mean[i] - mean) * (p.mean[i] - mean)).sum::<f64>();
        out.mean.push(mean);
        out.spread.push((spread * spread + between).sqrt());
        out.level.push(at(&|p| &p.level));
        out.trend.push(at(&|p| &p.trend));
        out.season.push(at(&|p| &p.season));
    }
    out
}

impl Fitted for Combination {
    fn description(&self) -> String {
        self.members.iter().map(|m| format!("{:.2} {}", m.weight, m.fitted.description())).collect::<Vec<_>>().join(" + ")
    }
    fn predict(&self, horizon: usize) -> Path {
        let paths: Vec<(f64, Path)> = self.members.iter().map(|m| (m.weight, m.fitted.predict(horizon))).collect();
        let refs: Vec<(f64, &Path)> = paths.iter().map(|(w, p)| (*w, p)).collect();
        let mut j = join(&refs, self.which.median);
        for s in &mut j.spread { *s *= self.factor; }
        j
    }
    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        self.which.fit(history, work)
    }
}
