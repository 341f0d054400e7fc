//! Fuzzes what a controller sends.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tor_strategies::targets::control_command(data));
