//! Recommendations from sequences, content and popularity, with exact reasons.
