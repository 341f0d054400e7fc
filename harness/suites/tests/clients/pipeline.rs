//! A client that waits for no reply before it sends the next commands.

use tor_harness::prelude::*;
use tor_harness::runner::Test;
use tor_harness_suites::fixture;

/// How many commands are on their way at any time.
const IN_FLIGHT: usize = 50;

/// How many are sent in all.
const COMMANDS: usize = 2_000;

pub(crate) fn tests() -> Vec<Test> {
    let by_method = Method::ALL.map(|method| {
        let name = format!("{IN_FLIGHT} commands in flight: {}", method.name());
        Test::new(name, move |ctx: &Context| {
            let fixture = fixture(ctx, Some(method.auth()))?;
            let mut client = fixture.connect()?;
            client.authenticate(&fixture.credentials(method))?;
            keeps_in_flight(&mut client)
        })
    });
    let at_once = Test::new("everything in one write", everything_at_once);
    by_method.into_iter().chain([at_once]).collect()
}

/// A command that no other is like, and the start of its reply.
fn exchange(number: usize) -> (String, String) {
    match number % 4 {
        0 => (
            format!("GETINFO no-such-{number}\r\n"),
            format!("552 Unrecognized key \"no-such-{number}\""),
        ),
        1 => (
            "GETINFO events/names\r\n".into(),
            "250-events/names=CIRC ".into(),
        ),
        2 => (
            format!("GETCONF NoSuch{number}\r\n"),
            format!("552 Unrecognized configuration key \"NoSuch{number}\""),
        ),
        _ => (
            format!("SETCONF MaxCircuitDirtiness={}\r\n", 600 + number),
            "250 OK".into(),
        ),
    }
}

fn keeps_in_flight(client: &mut Client) -> TestResult {
    let window: String = (0..IN_FLIGHT).map(|number| exchange(number).0).collect();
    client.send(window.as_bytes())?;
    for number in 0..COMMANDS {
        expect(client, number)?;
        if number + IN_FLIGHT < COMMANDS {
            client.send(exchange(number + IN_FLIGHT).0.as_bytes())?;
        }
    }
    Ok(())
}

/// From AUTHENTICATE to QUIT, before anything is read.
fn everything_at_once(ctx: &Context) -> TestResult {
    let fixture = fixture(ctx, Some(AuthConfig::null()))?;
    let mut client = fixture.connect()?;
    let commands: String = (0..IN_FLIGHT).map(|number| exchange(number).0).collect();
    client.send(format!("AUTHENTICATE\r\n{commands}QUIT\r\n").as_bytes())?;
    client.reply("the reply to AUTHENTICATE")?;
    for number in 0..IN_FLIGHT {
        expect(&mut client, number)?;
    }
    client.reply("the reply to QUIT")?;
    client.wait_until_closed()?;
    Ok(())
}

fn expect(client: &mut Client, number: usize) -> TestResult {
    let (command, expected) = exchange(number);
    let reply = client.reply(&format!("the reply to {command:?}"))?;
    let got = String::from_utf8_lossy(reply.as_message().as_bytes()).into_owned();
    match got.starts_with(&expected) {
        true => Ok(()),
        false => Err(format!("{command:?}: expected {expected:?}, got {got:?}").into()),
    }
}
