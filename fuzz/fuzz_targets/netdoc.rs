//! Fuzzes network documents.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tor_strategies::targets::netdoc(data));
