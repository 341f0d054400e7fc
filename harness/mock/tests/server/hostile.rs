//! Controllers that mean no good.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use tor_harness_mock::Mock;

use crate::wire::{ask, authenticated, connect};

/// Sends these bytes, for as long as they are taken, and reads next to nothing.
fn misbehave(mut stream: TcpStream, bytes: &[u8], times: usize) {
    let patience = Some(Duration::from_millis(200));
    stream.set_write_timeout(patience).unwrap();
    stream.set_read_timeout(patience).unwrap();
    for _ in 0..times {
        if stream.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read(&mut [0; 4096]);
}

#[test]
fn none_stops_the_others() {
    let mock = Mock::builder().start().unwrap();
    let mut good = authenticated(&mock);
    // A generator's bytes are as good as random ones.
    let noise: Vec<u8> = (0..1_000_000_u32)
        .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1])
        .collect();
    let line = vec![b'x'; 1 << 20];
    let commands = b"GETINFO config/defaults\r\n".repeat(1000);
    std::thread::scope(|scope| {
        for (bytes, times) in [
            (noise.as_slice(), 10),
            (&line, 100),
            (&commands, 100),
            (b"+", 2000),
            (&[0; 1 << 16], 100),
        ] {
            for stream in [connect(&mock), authenticated(&mock)] {
                scope.spawn(move || misbehave(stream, bytes, times));
            }
        }
        for _ in 0..200 {
            ask(&mut good, "GETINFO dormant", "250-dormant=0\r\n250 OK\r\n");
        }
    });
    ask(&mut good, "GETINFO dormant", "250-dormant=0\r\n250 OK\r\n");
}

#[test]
fn a_busy_port_can_be_steered() {
    let mock = Mock::builder().start().unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut stream = authenticated(&mock);
                let mut reader = stream.try_clone().unwrap();
                let sink =
                    std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    stream
                        .write_all(&b"GETINFO dormant\r\n".repeat(100))
                        .unwrap();
                }
                stream.shutdown(Shutdown::Both).unwrap();
                let _ = sink.join();
            });
        }
        let mut other = authenticated(&mock);
        ask(&mut other, "SETEVENTS NOTICE", "250 OK\r\n");
        for _ in 0..1000 {
            mock.emit("NOTICE x").unwrap();
        }
        crate::wire::expect(&mut other, &"650 NOTICE x\r\n".repeat(1000));
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
