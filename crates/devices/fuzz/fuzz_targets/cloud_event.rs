//! See `src/lib.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    vitrine_devices_fuzz::cloud_event(bytes);
});
