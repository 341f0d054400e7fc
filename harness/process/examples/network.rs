//! How long a network takes until it is of use: `network [TIMES] [IMAGINARY]`.
#![expect(clippy::print_stdout, reason = "this is what it is for")]

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, SocketAddrV4, TcpListener, TcpStream};
use std::time::{Duration, Instant};
use std::{env, thread};

use tor_harness_process::{NodeSpec, StartTimes, TestNetwork};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut number = |default| arguments.next().map_or(Ok(default), |text| text.parse());
    let [times, imaginary] = [number(8)?, number(0)?];
    let server = serve()?;

    let mut phases = [
        "relays started",
        "all started",
        "control ports",
        "bootstrapped",
        "first answer",
    ]
    .map(|name| (name, Vec::new()));
    for _ in 0..times {
        let start = Instant::now();
        let network = TestNetwork::builder()
            .nodes(["relay0", "relay1"].map(NodeSpec::relay))
            .nodes(["exit0", "exit1"].map(NodeSpec::exit))
            .node(NodeSpec::client("client0"))
            .imaginary(imaginary)
            .launch()?;
        network.wait_until_ready()?;
        let bootstrapped = start.elapsed();
        let client = network.client().ok_or("no client")?;
        fetch(client.socks_address().ok_or("no SOCKS")?, server)
            .map_err(|error| format!("{error}\n{}", client.tor().log()))?;
        let StartTimes {
            relays_started,
            all_started,
            answered,
            ..
        } = network.start_times();
        let all = [
            relays_started,
            all_started,
            answered,
            bootstrapped,
            start.elapsed(),
        ];
        for ((_, seconds), time) in phases.iter_mut().zip(all) {
            seconds.push(time.as_secs_f64());
        }
        network.stop()?;
    }
    println!(
        "{times} networks of 4 relays, {imaginary} imaginary ones, a client: seconds, least, median, most"
    );
    for (name, mut seconds) in phases {
        seconds.sort_by(f64::total_cmp);
        let (least, median, most) = (
            seconds[0],
            seconds[seconds.len() / 2],
            seconds[seconds.len() - 1],
        );
        println!("{name:<16} {least:.3} {median:.3} {most:.3}");
    }
    Ok(())
}

/// A server that answers each connection.
fn serve() -> Result<SocketAddr, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.read(&mut [0; 1000]);
            let _ = stream.write_all(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        }
    });
    Ok(address)
}

/// A page by SOCKS 5.
fn fetch(socks: SocketAddrV4, server: SocketAddr) -> Result<(), Box<dyn Error>> {
    let mut stream = TcpStream::connect(socks)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut request = vec![5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1];
    request.extend(server.port().to_be_bytes());
    stream.write_all(&request)?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    if answer[3] != 0 {
        return Err(format!("SOCKS says {}", answer[3]).into());
    }
    stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
    let mut page = String::new();
    stream.read_to_string(&mut page)?;
    match page.ends_with("hi") {
        true => Ok(()),
        false => Err(page.into()),
    }
}
