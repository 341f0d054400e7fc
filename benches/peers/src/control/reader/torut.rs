//! torut's `Conn::receive_data`, on bytes in memory.

use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use anyhow::{Result, bail};
use tor_harness_benches::Load;
use torut::control::Conn;

use crate::stopwatch::{Measured, time};

pub(crate) fn framing(load: &Load) -> Measured {
    let mut connection = Conn::new(&load.bytes[..]);
    time(load, || {
        for _ in 0..load.messages {
            match now(connection.receive_data())? {
                Ok(message) => black_box(message),
                Err(error) => bail!("{error:?}"),
            };
        }
        Ok(load.messages)
    })
}

/// What a future gives that never has to wait.
fn now<T>(future: impl Future<Output = T>) -> Result<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Ok(value),
        Poll::Pending => bail!("it waits for bytes in memory"),
    }
}
