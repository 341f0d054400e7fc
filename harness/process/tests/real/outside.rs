//! Networks on a machine from which the world can be reached: nothing goes there.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::net::{SocketAddr, UdpSocket};
use std::process::{Command, ExitCode, Output};
use std::thread;

use libtest_mimic::{Completion, Failed, Trial};
use tor_harness_process::{NodeSpec, TestNetwork, find_tor};
use tor_harness_traffic::{HttpServer, Target};

use crate::onion::gives_page;

/// Says so where this process is in the namespace.
const INSIDE: &str = "TOR_HARNESS_TEST_OUTSIDE";

/// A namespace with a way out, as a machine has one: a pair of devices with routes to the first, of
/// which nothing tells by itself that it is there. The system even lets out what comes from
/// 127.0.0.1.
const ENTER: &str = r#"set -e
ip link set lo up
ip link add out0 type veth peer name sink0
ip link set out0 addrgenmode none arp off
ip link set sink0 addrgenmode none arp off
ip address add 192.0.2.1/24 dev out0
ip address add 2001:db8::1/64 dev out0 nodad
ip link set sink0 up
ip link set out0 up
ip route add default dev out0
ip -6 route add default dev out0
echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet
exec "$@""#;

/// What leads there if anything does: two addresses, and a name.
const PUBLIC: [&str; 3] = ["198.51.100.7", "2600::1", "leak-me.example.com"];

pub(crate) fn asked_for() -> bool {
    env::var_os(INSIDE).is_some()
}

/// A test that needs a namespace of its own.
pub(crate) fn stays_inside() -> Trial {
    let body = || {
        if let Err(error) = find_tor() {
            return Ok(Completion::ignored_with(error.to_string()));
        }
        let attempt = enter("true".as_ref())?;
        if !attempt.status.success() {
            let why = String::from_utf8_lossy(&attempt.stderr).into_owned();
            return Ok(Completion::ignored_with(format!("no namespace: {why}")));
        }
        let output = enter(env::current_exe()?.as_os_str())?;
        match output.status.success() {
            true => Ok(Completion::Completed),
            false => Err(String::from_utf8_lossy(&output.stderr).into()),
        }
    };
    Trial::ignorable_test("outside::nothing_leaves", body).with_kind("tor, namespace")
}

fn enter(program: &OsStr) -> io::Result<Output> {
    Command::new("unshare")
        .args(["--map-root-user", "--net", "--", "sh", "-c", ENTER, "sh"])
        .arg(program)
        .env(INSIDE, "1")
        .output()
}

/// The test's body, in the namespace.
pub(crate) fn inside() -> ExitCode {
    match nothing_leaves() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{}", error.message().unwrap_or("it failed"));
            ExitCode::FAILURE
        }
    }
}

fn nothing_leaves() -> Result<(), Failed> {
    let name_server = UdpSocket::bind("127.0.0.1:53")?;
    name_server.set_nonblocking(true)?;
    lets_out()?;

    let network = TestNetwork::preset("ipv6-exit-min")?.start()?;
    asks(&network, &name_server)?;
    let client = network.client().ok_or("no client")?;
    for address in ["127.0.0.1:0", "[::1]:0"] {
        let server = HttpServer::answering(address.parse()?, |_| b"hello".to_vec())?;
        gives_page(client, server.address())?;
    }
    network.stop()?;

    fs::write("/proc/sys/net/ipv4/conf/all/route_localnet", "0")?;
    let network = TestNetwork::builder()
        .voting()
        .node(NodeSpec::authority("auth0"))
        .node(NodeSpec::relay("relay0"))
        .node(NodeSpec::exit("exit0").ipv6())
        .node(NodeSpec::client("client0"))
        .start()?;
    asks(&network, &name_server)?;
    Ok(network.stop()?)
}

/// A socket on loopback reaches the world here, or the test would show nothing.
fn lets_out() -> Result<(), Failed> {
    for (from, to) in [
        ("127.0.0.1:0", "198.51.100.7:9"),
        ("[::1]:0", "[2600::1]:9"),
    ] {
        let before = sent()?;
        UdpSocket::bind(from)?.send_to(b"out", to)?;
        if sent()? != before + 1 {
            return Err(format!("expected a packet from {from} to leave, none does").into());
        }
    }
    Ok(())
}

/// Has the client ask for what is outside, and looks whether anything goes there.
fn asks(network: &TestNetwork, name_server: &UdpSocket) -> Result<(), Failed> {
    let client = network.client().ok_or("no client")?;
    for host in PUBLIC {
        let before = sent()?;
        let target: Target = match host.parse() {
            Ok(address) => SocketAddr::new(address, 80).into(),
            Err(_) => (host, 80).into(),
        };
        let mut control = client.tor().client()?;
        control.set_events(&["STREAM"])?;
        let socks = client.socks()?;
        // It would try again and again, and ends with the network.
        thread::spawn(move || socks.connect(target));
        let refused = control.wait_for_event("an exit that refuses", |event| {
            String::from_utf8_lossy(event.arguments()).contains("REMOTE_REASON=")
        });
        let left = sent()? - before;
        if left != 0 {
            return Err(format!("expected nothing to leave for {host}, {left} packets did").into());
        }
        refused?;
    }
    match name_server.recv(&mut [0; 512]) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
        asked => Err(format!("expected no name to be asked for, got {asked:?}").into()),
    }
}

/// How many packets have left. The machine's devices may still be in /sys.
fn sent() -> Result<u64, Failed> {
    let devices = fs::read_to_string("/proc/self/net/dev")?;
    let mut lines = devices.lines().map(str::trim_start);
    let of_device = lines.find_map(|line| line.strip_prefix("out0:"));
    // Eight columns are of what was received; then bytes, packets.
    let sent = of_device.and_then(|columns| columns.split_whitespace().nth(9));
    Ok(sent.ok_or("no device out0")?.parse()?)
}
