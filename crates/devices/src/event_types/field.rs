//! One field of an event's data: what it may hold, and in which unit.

/// A field by name.
#[derive(Debug)]
pub struct Field {
    /// Its name in `data`.
    pub name: &'static str,
    /// Whether an event without it is refused.
    pub required: bool,
    /// What it may hold.
    pub shape: Shape,
    /// One sentence, with the unit.
    pub about: &'static str,
}

/// What a field may hold. Limits are inclusive.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A number.
    Number {
        /// Least.
        least: f64,
        /// Greatest.
        greatest: f64,
    },
    /// A whole number.
    Whole {
        /// Least.
        least: u64,
        /// Greatest.
        greatest: u64,
    },
    /// True or false.
    Boolean,
    /// At most so many tags.
    Tags {
        /// Greatest count.
        most: usize,
    },
    /// A JSON object of at most so many bytes.
    Object {
        /// Greatest size of its text.
        most: usize,
    },
}

impl Field {
    pub(super) const fn number(name: &'static str, least: f64, greatest: f64, about: &'static str) -> Self {
        Self { name, required: false, shape: Shape::Number { least, greatest }, about }
    }

    pub(super) const fn whole(name: &'static str, least: u64, greatest: u64, about: &'static str) -> Self {
        Self { name, required: false, shape: Shape::Whole { least, greatest }, about }
    }

    pub(super) const fn boolean(name: &'static str, about: &'static str) -> Self {
        Self { name, required: false, shape: Shape::Boolean, about }
    }

    pub(super) const fn tags(name: &'static str, most: usize, about: &'static str) -> Self {
        Self { name, required: false, shape: Shape::Tags { most }, about }
    }

    pub(super) const fn object(name: &'static str, most: usize, about: &'static str) -> Self {
        Self { name, required: false, shape: Shape::Object { most }, about }
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
