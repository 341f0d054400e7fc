//! Mocks with sockets or in memory: start, service, end.

mod delays;
mod ends;
mod load;
mod memory;
mod script_files;
mod starts;
mod unmet;
mod wire;
