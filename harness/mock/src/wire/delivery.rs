//! An event that is to be delivered.

use std::sync::Arc;

use crate::script::Fault;

/// An event's bytes, and what goes wrong with them on each connection.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) bytes: Vec<u8>,
    pub(crate) faults: Arc<[Fault]>,
}

impl From<Vec<u8>> for Delivery {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            faults: Arc::default(),
        }
    }
}
