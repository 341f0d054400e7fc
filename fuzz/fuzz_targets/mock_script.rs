//! Fuzzes a mock's script, and what it makes of a conversation.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tor_strategies::targets::mock_script(data));
