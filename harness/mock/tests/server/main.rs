//! Mocks with sockets or in memory: start, service, end.

mod delays;
mod ends;
mod hostile;
mod load;
mod memory;
mod script_files;
mod starts;
mod steered;
mod unmet;
mod wire;
