//! Fuzzes what GETINFO gives.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tor_strategies::targets::control_value(data));
