//! Random numbers that the caller draws: for buttons and for codes.

/// 128 random bits, drawn by the caller from a secure source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token(pub [u8; 16]);

impl Token {
    /// As 32 hexadecimal digits, for a button.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// As six digits, for a code that a person types.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{:06}", u128::from_be_bytes(self.0) % 1_000_000)
    }
}
