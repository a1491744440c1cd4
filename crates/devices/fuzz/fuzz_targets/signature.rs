//! See `src/lib.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vitrine_devices_fuzz::signature(bytes);
});
