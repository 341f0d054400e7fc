//! Mocks with sockets or in memory: start, service, end.

mod ends;
mod files;
mod load;
mod memory;
mod script_files;
mod starts;
mod unmet;
mod wire;
