//! Numbers as bytes: the memory of an arena may hold a file before a run needs it.

/// The bytes of some numbers, to be read and written in any way.
pub fn bytes_of(numbers: &mut [f32]) -> &mut [u8] {
    let length = size_of_val(numbers);
    // SAFETY: the same memory, which is borrowed for as long; bytes need no alignment, and any four of them are a number.
    unsafe { core::slice::from_raw_parts_mut(numbers.as_mut_ptr().cast(), length) }
}
