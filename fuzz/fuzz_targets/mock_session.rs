//! Fuzzes a mock's side of a conversation.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tor_strategies::targets::mock_session(data));
