//! Starts 50 throwaway tors, 10 at a time, over TCP or Unix sockets with every
//! authentication.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use tor_harness_control::auth::AuthConfig;
use tor_harness_process::{Listen, Tor};

const TORS: u32 = 50;
const AT_A_TIME: u32 = 10;

fn main() -> ExitCode {
    let next = AtomicU32::new(0);
    let failed = AtomicU32::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= TORS {
                        break;
                    }
                    if let Err(error) = one(number) {
                        failed.fetch_add(1, Ordering::Relaxed);
                        report(&format!("tor {number}: {error}"));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner();
    report(&format!(
        "{TORS} tors, {failed} failed, {:.1?}",
        started.elapsed()
    ));
    ExitCode::from(u8::from(failed > 0))
}

fn one(number: u32) -> Result<(), Box<dyn std::error::Error>> {
    let listen = if number.is_multiple_of(2) {
        Listen::Tcp
    } else {
        Listen::Unix
    };
    let auth = match number % 3 {
        0 => AuthConfig::null(),
        1 => AuthConfig::null().and_cookie(),
        _ => AuthConfig::null().and_password("secret"),
    };
    let tor = Tor::builder().listen(listen).auth(auth).start()?;
    let version = tor.client()?.get_info("version")?;
    if version != tor.version() {
        return Err(format!("version {version:?}, in its log {:?}", tor.version()).into());
    }
    tor.stop()?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example tells its result")]
fn report(line: &str) {
    println!("{line}");
}
