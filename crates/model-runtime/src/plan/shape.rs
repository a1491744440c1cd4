//! Shapes of at most six axes, of which any may grow with the one length that is only known when a plan runs.

/// Most axes a value can have: a window of windows (depth to space) needs six.
pub const MAX_RANK: usize = 6;

/// The size of one axis: `per_length * length + fixed`, where `length` is the plan's dynamic length (tokens of a text).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dim {
    /// How many elements each unit of length adds.
    pub per_length: u32,
    /// How many there are besides.
    pub fixed: u32,
}

impl Dim {
    /// An axis whose size is always the same.
    #[must_use]
    pub const fn fixed(size: u32) -> Self {
        Self { per_length: 0, fixed: size }
    }

    /// The size at a length; `None` where it does not fit into 32 bits.
    #[must_use]
    pub fn at(self, length: u32) -> Option<usize> {
        self.per_length.checked_mul(length)?.checked_add(self.fixed).map(|size| size as usize)
    }
}

impl std::fmt::Display for Dim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.per_length, self.fixed) {
            (0, fixed) => write!(f, "{fixed}"),
            (1, 0) => write!(f, "L"),
            (per, 0) => write!(f, "{per}L"),
            (1, fixed) => write!(f, "L+{fixed}"),
            (per, fixed) => write!(f, "{per}L+{fixed}"),
        }
    }
}

/// The axes of a value, outermost first; values lie densely in this order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape(Vec<Dim>);

impl Shape {
    /// A shape of these axes; `None` where there are more than [`MAX_RANK`].
    #[must_use]
    pub fn new(dims: Vec<Dim>) -> Option<Self> {
        (dims.len() <= MAX_RANK).then_some(Self(dims))
    }

    /// A shape whose axes never change; `None` where there are more than [`MAX_RANK`].
    #[must_use]
    pub fn fixed(sizes: &[u32]) -> Option<Self> {
        Self::new(sizes.iter().map(|&size| Dim::fixed(size)).collect())
    }

    /// The axes.
    #[must_use]
    pub fn dims(&self) -> &[Dim] {
        &self.0
    }

    /// Whether any axis depends on the length.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.0.iter().any(|dim| dim.per_length != 0)
    }

    /// The sizes at a length; `None` where one does not fit into 32 bits.
    #[must_use]
    pub fn at(&self, length: u32) -> Option<Sizes> {
        let mut sizes = [1; MAX_RANK];
        for (size, dim) in sizes.iter_mut().zip(&self.0) {
            *size = dim.at(length)?;
        }
        Some(Sizes { sizes, rank: self.0.len() })
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, dim) in self.0.iter().enumerate() {
            write!(f, "{}{dim}", if position == 0 { "" } else { "x" })?;
        }
        Ok(())
    }
}

/// A shape at one length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    sizes: [usize; MAX_RANK],
    rank: usize,
}

impl Sizes {
    /// The sizes of the axes, outermost first.
    #[must_use]
    pub fn as_slice(&self) -> &[usize] {
        self.sizes.get(..self.rank).unwrap_or_default()
    }

    /// Number of elements; `None` where it does not fit.
    #[must_use]
    pub fn elements(&self) -> Option<usize> {
        product(self.as_slice())
    }

    /// The last axis, 1 for a scalar.
    #[must_use]
    pub fn last(&self) -> usize {
        self.as_slice().last().copied().unwrap_or(1)
    }

    /// Height, width and channels of one picture (1 x H x W x C); `None` for anything else.
    #[must_use]
    pub fn picture(&self) -> Option<[usize; 3]> {
        match *self.as_slice() {
            [1, height, width, channels] => Some([height, width, channels]),
            _ => None,
        }
    }

    /// The elements before, on and after an axis; `None` where there is no such axis.
    #[must_use]
    pub fn around(&self, axis: usize, axes: usize) -> Option<[usize; 3]> {
        let sizes = self.as_slice();
        let end = axis.checked_add(axes)?;
        Some([product(sizes.get(..axis)?)?, product(sizes.get(axis..end)?)?, product(sizes.get(end..)?)?])
    }
}

fn product(sizes: &[usize]) -> Option<usize> {
    sizes.iter().try_fold(1_usize, |all, &size| all.checked_mul(size))
}
