//! What worlds cost in one process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::Value;
use tor_harness::types::Endpoint;

use crate::Result;
use crate::controller::Controller;
use crate::start::command;
use crate::table::Row;

const WORLDS: usize = 500;
const CONNECTIONS: usize = 1_000;

pub(crate) fn rows() -> Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    let socket = folder.path().join("steer");
    let mut child = Command::new(command()?)
        .args(["mock", "--steer", &format!("unix:{}", socket.display())])
        .stdout(Stdio::piped())
        .spawn()?;
    let rows = measure(&mut child, &socket);
    child.kill()?;
    child.wait()?;
    rows
}

fn measure(child: &mut Child, socket: &std::path::Path) -> Result<Vec<Row>> {
    let mut first = String::new();
    BufReader::new(child.stdout.as_mut().ok_or("no output")?).read_line(&mut first)?;
    let main: Value = serde_json::from_str(&first)?;
    let mut steering = BufReader::new(UnixStream::connect(socket)?);
    let mut ask = |request: &str| -> Result<Value> {
        steering.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        steering.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    };
    let endpoint = |answer: &Value| -> Result<Endpoint> {
        let control = answer["control"].as_str().ok_or("no control port")?;
        Ok(control.parse()?)
    };
    let pid = child.id();

    let before = memory(pid)?;
    let mut worlds = Vec::new();
    let mut made = Vec::new();
    for _ in 0..WORLDS {
        let started = Instant::now();
        worlds.push(endpoint(&ask("{\"do\":\"world\"}\n")?)?);
        made.push(started.elapsed());
    }
    let made_worlds = memory(pid)?;
    let mut let_in = Vec::new();
    let mut controllers = Vec::new();
    for world in &worlds {
        let started = Instant::now();
        controllers.push(Controller::connect(world)?);
        let_in.push(started.elapsed());
    }
    let used_worlds = memory(pid)?;
    let mut closed = Vec::new();
    for world in 1..=WORLDS {
        let started = Instant::now();
        ask(&format!("{{\"do\":\"close\",\"world\":\"w{world}\"}}\n"))?;
        closed.push(started.elapsed());
    }

    let main = endpoint(&main)?;
    // The first of them pay for what is used again.
    drop(idle(&main)?);
    let before_idle = memory(pid)?;
    let idle = idle(&main)?;
    let with_idle = memory(pid)?;
    drop(idle);

    let kib = |more: u64, less: u64, of: usize| {
        format!("{:.1} KiB", more.saturating_sub(less) as f64 / of as f64)
    };
    Ok(vec![
        Row::times("a world, asked for to answered", &mut made, &mut []),
        Row::times("a world, connected to authenticated", &mut let_in, &mut []),
        Row::times("a world, closed", &mut closed, &mut []),
        Row::alone("memory of a world of 500", kib(made_worlds, before, WORLDS)),
        Row::alone(
            "memory of a world of 500, with a connection",
            kib(used_worlds, before, WORLDS),
        ),
        Row::alone(
            "memory of an idle connection of 1,000",
            kib(with_idle, before_idle, CONNECTIONS),
        ),
    ])
}

fn idle(endpoint: &Endpoint) -> Result<Vec<Controller>> {
    (0..CONNECTIONS)
        .map(|_| {
            let mut controller = Controller::connect(endpoint)?;
            controller.ask("SETEVENTS NOTICE", "250 OK")?;
            Ok(controller)
        })
        .collect()
}

/// How much of it is in memory, in KiB.
fn memory(pid: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(number.ok_or("no VmRSS")?.parse()?)
}
