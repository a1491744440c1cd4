//! The pack: manifest and sections with their hashes.
