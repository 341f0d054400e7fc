//! Mocks with sockets, and in memory: start, service and end.

mod ends;
mod load;
mod memory;
mod script_files;
mod starts;
mod unmet;
mod wire;
