//! What a kernel refuses to run on.

/// Why a kernel did nothing: it checks everything before it writes the first number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KernelError {
    /// A slice does not have the length that the shapes ask for.
    #[error("{kernel}: {what} holds {found} numbers where the shapes need {needed}; pass a slice of that length")]
    Length {
        /// The kernel that was called.
        kernel: &'static str,
        /// The slice in question.
        what: &'static str,
        /// What the shapes need.
        needed: usize,
        /// What was passed.
        found: usize,
    },
    /// Shapes that contradict each other, or that the kernel does not cover.
    #[error("{kernel}: {rule}")]
    Shape {
        /// The kernel that was called.
        kernel: &'static str,
        /// The rule that the shapes break.
        rule: &'static str,
    },
}

/// Checks that `slice` has exactly `needed` numbers.
pub(crate) fn expect_length<T>(
    kernel: &'static str,
    what: &'static str,
    slice: &[T],
    needed: usize,
) -> Result<(), KernelError> {
    if slice.len() == needed { Ok(()) } else { Err(KernelError::Length { kernel, what, needed, found: slice.len() }) }
}

/// Checks a rule about shapes.
pub(crate) fn expect(kernel: &'static str, holds: bool, rule: &'static str) -> Result<(), KernelError> {
    if holds { Ok(()) } else { Err(KernelError::Shape { kernel, rule }) }
}
