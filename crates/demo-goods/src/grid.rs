//! A rectangle of values, read with clamped coordinates: colour pictures, masks and shading alike.

use std::collections::VecDeque;

/// `width * height` values, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid<T> {
    width: usize,
    height: usize,
    cells: Vec<T>,
}

impl<T: Copy + Default> Grid<T> {
    /// Computes each cell from its column and row.
    pub fn from_fn(width: usize, height: usize, mut cell: impl FnMut(usize, usize) -> T) -> Self {
        let cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| cell(x, y)).collect();
        Self { width, height, cells }
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[T] {
        &self.cells
    }

    /// The cell at a column and row; outside, the nearest cell.
    pub fn at(&self, x: isize, y: isize) -> T {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        self.cells.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// The cell at a column and row inside the grid.
    pub fn get(&self, x: usize, y: usize) -> T {
        self.at(x as isize, y as isize)
    }

    /// Each cell turned into another value.
    pub fn map<U>(&self, mut turn: impl FnMut(T) -> U) -> Grid<U> {
        let cells = self.cells.iter().map(|cell| turn(*cell)).collect();
        Grid { width: self.width, height: self.height, cells }
    }

    /// Each cell joined with the cell at the same place of a grid of the same size.
    pub fn zip<U: Copy, V>(&self, other: &Grid<U>, mut join: impl FnMut(T, U) -> V) -> Grid<V> {
        let cells = self.cells.iter().zip(&other.cells).map(|(a, b)| join(*a, *b)).collect();
        Grid { width: self.width, height: self.height, cells }
    }
}

impl Grid<f32> {
    /// A blur of about `radius` cells: three running means in each direction, close to a Gaussian.
    pub fn blur(&self, radius: f32) -> Self {
        let half = (radius.round() as usize).max(1);
        let mut grid = self.clone();
        for _ in 0..3 {
            grid = grid.mean_of_rows(half).transpose().mean_of_rows(half).transpose();
        }
        grid
    }

    /// The value between cells.
    pub fn between(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (x.floor(), y.floor());
        let (fx, fy) = (x - column, y - row);
        let (column, row) = (column as isize, row as isize);
        let top = self.at(column, row) * (1.0 - fx) + self.at(column + 1, row) * fx;
        let bottom = self.at(column, row + 1) * (1.0 - fx) + self.at(column + 1, row + 1) * fx;
        top * (1.0 - fy) + bottom * fy
    }

    /// The value that `share` (0 to 1) of the cells accepted by `counts` do not exceed; 0 if none is accepted.
    pub fn quantile(&self, share: f32, counts: &Grid<bool>) -> f32 {
        let mut kept: Vec<f32> = self.cells.iter().zip(&counts.cells).filter(|(_, k)| **k).map(|(v, _)| *v).collect();
        kept.sort_by(f32::total_cmp);
        let place = (kept.len().saturating_sub(1)) as f32 * share.clamp(0.0, 1.0);
        kept.get(place as usize).copied().unwrap_or(0.0)
    }

    fn mean_of_rows(&self, half: usize) -> Self {
        let mut cells = Vec::with_capacity(self.cells.len());
        let window = (2 * half + 1) as f32;
        for y in 0..self.height as isize {
            let reach = half as isize;
            let mut sum: f32 = (-reach..=reach).map(|x| self.at(x, y)).sum();
            for x in 0..self.width as isize {
                cells.push(sum / window);
                sum += self.at(x + reach + 1, y) - self.at(x - reach, y);
            }
        }
        Self { width: self.width, height: self.height, cells }
    }

    fn transpose(&self) -> Self {
        Self::from_fn(self.height, self.width, |x, y| self.get(y, x))
    }
}

impl Grid<bool> {
    /// The mask as 0 and 1.
    pub fn as_weights(&self) -> Grid<f32> {
        self.map(|inside| if inside { 1.0 } else { 0.0 })
    }

    /// Grown (positive) or shrunk (negative) by about `cells`, rounding corners.
    pub fn grow(&self, cells: f32) -> Self {
        if cells == 0.0 {
            return self.clone();
        }
        let mut mask = self.clone();
        let outside = cells < 0.0;
        for step in 0..cells.abs().round() as usize {
            let diagonal = step % 2 == 1;
            mask = Self::from_fn(mask.width, mask.height, |x, y| {
                let (x, y) = (x as isize, y as isize);
                let touched = |dx: isize, dy: isize| mask.at(x + dx, y + dy) != outside;
                let cross = touched(0, 0) || touched(1, 0) || touched(-1, 0) || touched(0, 1) || touched(0, -1);
                let corners = diagonal && (touched(1, 1) || touched(-1, 1) || touched(1, -1) || touched(-1, -1));
                (cross || corners) != outside
            });
        }
        mask
    }

    /// The connected regions where the mask is `value`, each as its cells' columns and rows.
    pub fn regions(&self, value: bool) -> Vec<Vec<(usize, usize)>> {
        let mut seen = vec![false; self.cells.len()];
        let mut regions = Vec::new();
        for start_y in 0..self.height {
            for start_x in 0..self.width {
                let mut region = Vec::new();
                let mut open = VecDeque::from([(start_x as isize, start_y as isize)]);
                while let Some((x, y)) = open.pop_front() {
                    let inside = x >= 0 && y >= 0 && x < self.width as isize && y < self.height as isize;
                    if !inside || self.at(x, y) != value {
                        continue;
                    }
                    match seen.get_mut(y as usize * self.width + x as usize) {
                        Some(mark) if !*mark => *mark = true,
                        _ => continue,
                    }
                    region.push((x as usize, y as usize));
                    open.extend([(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]);
                }
                if !region.is_empty() {
                    regions.push(region);
                }
            }
        }
        regions
    }

    /// Sets all `places` to `value`.
    pub fn set(&mut self, places: &[(usize, usize)], value: bool) {
        for (x, y) in places {
            if let Some(cell) = self.cells.get_mut(y * self.width + x) {
                *cell = value;
            }
        }
    }
}
