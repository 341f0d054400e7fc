//! A controller made with torut: authenticates by METHOD and does the WORK that its arguments name.

use std::cell::RefCell;
use std::env;
use std::error::Error;
use std::fs;
use std::future::{Ready, ready};
use std::rc::Rc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use torut::control::{AsyncEvent, AuthenticatedConn, ConnError, TorAuthData, UnauthenticatedConn};
use torut::onion::TorSecretKeyV3;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Listener = Box<dyn Fn(AsyncEvent<'static>) -> Ready<std::result::Result<(), ConnError>>>;
type Tor = AuthenticatedConn<Box<dyn Stream>, Listener>;

trait Stream: AsyncRead + AsyncWrite + Unpin {}
impl<S: AsyncRead + AsyncWrite + Unpin> Stream for S {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let words: Vec<_> = env::args().skip(1).collect();
    let [method, work] = &words[..] else {
        return Err("expected METHOD WORK".into());
    };
    let mut tor = authenticated(method).await?;
    match work.as_str() {
        "look" => look(&mut tor).await,
        "change" => change(&mut tor).await,
        "serve" => serve(&mut tor).await,
        other => Err(format!("unknown work {other}").into()),
    }
}

async fn authenticated(method: &str) -> Result<Tor> {
    let stream: Box<dyn Stream> = match env::var("TOR_CONTROL_IPC_PATH") {
        Ok(path) => Box::new(UnixStream::connect(path).await?),
        Err(_) => {
            let (host, port) = (env::var("TOR_CONTROL_HOST")?, env::var("TOR_CONTROL_PORT")?);
            Box::new(TcpStream::connect(format!("{host}:{port}")).await?)
        }
    };
    let mut connection = UnauthenticatedConn::new(stream);
    let offered = connection.load_protocol_info().await?;
    let cookie = || fs::read(env::var_os("TOR_CONTROL_COOKIE_AUTH_FILE").unwrap_or_default());
    let data = match method {
        "null" => TorAuthData::Null,
        "password" => TorAuthData::HashedPassword(env::var("TOR_CONTROL_PASSWD")?.into()),
        "cookie" => TorAuthData::Cookie(cookie()?.into()),
        "safecookie" => TorAuthData::SafeCookie(cookie()?.into()),
        "any" => match (offered.make_auth_data()?, env::var("TOR_CONTROL_PASSWD")) {
            (Some(data), _) => data,
            (None, password) => TorAuthData::HashedPassword(password?.into()),
        },
        other => return Err(format!("unknown method {other}").into()),
    };
    connection.authenticate(&data).await?;
    Ok(connection.into_authenticated().await)
}

async fn look(tor: &mut Tor) -> Result<()> {
    println!("version {}", tor.get_info("version").await?);
    println!("option {}", option(tor, "DisableNetwork").await?);
    let mut keys = [
        "traffic/read",
        "traffic/written",
        "process/user",
        "config-file",
    ]
    .into_iter();
    tor.get_info_multiple(&mut keys).await?;
    let circuits = tor.get_info("circuit-status").await?;
    println!("circuits {:?}", circuits.lines().collect::<Vec<_>>());
    println!("event {}", event(tor, "BW").await?);
    Ok(())
}

async fn change(tor: &mut Tor) -> Result<()> {
    tor.set_conf("MaxCircuitDirtiness", Some("700")).await?;
    println!("changed {}", option(tor, "MaxCircuitDirtiness").await?);
    // torut has no RESETCONF, and takes this for one. tor takes it for 0, of which it makes 10.
    tor.set_conf("MaxCircuitDirtiness", None).await?;
    println!(
        "without a value {}",
        option(tor, "MaxCircuitDirtiness").await?
    );
    Ok(())
}

async fn serve(tor: &mut Tor) -> Result<()> {
    let key = TorSecretKeyV3::generate();
    let service = key
        .public()
        .get_onion_address()
        .get_address_without_dot_onion();
    let ports = [(80, "127.0.0.1:8080".parse()?)];
    tor.add_onion_v3(&key, false, false, false, None, &mut ports.iter())
        .await?;
    println!("address {} key ED25519-V3", service.len());
    let listed = tor.get_info("onions/current").await?;
    println!("listed {}", i32::from(listed == service));
    tor.del_onion(&service).await?;
    let left = tor.get_info("onions/current").await?;
    println!("left {:?}", left.lines().collect::<Vec<_>>());
    Ok(())
}

async fn option(tor: &mut Tor, name: &str) -> Result<String> {
    let values = tor.get_conf(name).await?;
    Ok(values.into_iter().flatten().collect::<Vec<_>>().join(","))
}

/// The first event of this name. torut reads events only while it waits for a reply.
async fn event(tor: &mut Tor, name: &str) -> Result<String> {
    let first: Rc<RefCell<Option<String>>> = Rc::default();
    let heard = Rc::clone(&first);
    tor.set_async_event_handler(Some(Box::new(move |event| {
        heard
            .borrow_mut()
            .get_or_insert_with(|| event.lines.join(" "));
        ready(Ok(()))
    })));
    tor.set_events(false, &mut std::iter::once(name)).await?;
    loop {
        if let Some(event) = first.borrow_mut().take() {
            return Ok(event);
        }
        tor.noop().await?;
    }
}
