//! Tests of a program made with torut, each with a tor of its own; no tor is installed.

use std::net::SocketAddr;

use throttle::Throttle;
use tor_harness::mock::{On, Script};
use tor_harness::prelude::*;
use tor_harness::types::Endpoint;
use torut::control::ConnError;

fn mock(script: Script) -> Mock {
    let auth = AuthConfig::null().and_password("secret");
    Mock::builder().auth(auth).script(script).start().unwrap()
}

fn address(mock: &Mock) -> SocketAddr {
    match mock.endpoint() {
        Endpoint::Tcp(address) => *address,
        Endpoint::Unix(path) => panic!("expected a TCP port, got {}", path),
    }
}

#[tokio::test]
async fn the_rate_is_set() {
    let mock = mock(Script::new());
    let mut throttle = Throttle::connect(address(&mock), "secret").await.unwrap();
    assert_eq!(throttle.set(100_000).await.unwrap(), 100_000);
}

#[tokio::test]
async fn a_wrong_password_is_an_error() {
    let mock = mock(Script::new());
    let error = Throttle::connect(address(&mock), "sesame").await.err();
    assert!(matches!(error, Some(ConnError::InvalidResponseCode(515))));
}

#[tokio::test]
async fn tor_may_refuse() {
    let refuses = On::command("SETCONF *").reply(["553 Transition not allowed"]);
    let mock = mock(Script::new().on(refuses.times(1)));
    let mut throttle = Throttle::connect(address(&mock), "secret").await.unwrap();
    let error = throttle.set(100_000).await.unwrap_err();
    assert!(matches!(error, ConnError::InvalidResponseCode(553)));
    mock.verify().unwrap();
}
