//! Proves that ten times the bytes take ten times the time, give or take.
//!
//! `cargo xtask linear` prints, for each shape of input, the processor's time for a byte of it at
//! one length, at ten times that, and the ratio of the whole times; it ends with 1 if a ratio is
//! above 12; without `cargo xtask`, the system's giving of memory is measured as well. The first two rows are a measurement of the measurement: that of a function known to
//! be linear, and of one known to be quadratic.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod growth;
mod read;
mod shape;
mod table;

use std::process::ExitCode;

use crate::growth::Growth;
use crate::shape::{CHECKS, SHAPES, Shape};

fn main() -> ExitCode {
    println!("| input | ns a byte | ns a byte of 10x | 10x takes |\n|---|---:|---:|---:|");
    if CHECKS.each_ref().map(is_linear) != [true, false] {
        println!("expected the first to pass only: nothing can be measured here now");
        return ExitCode::FAILURE;
    }
    // All of them, for the table.
    let items = table::shapes();
    let all = || SHAPES.iter().chain(&items);
    let bad = all().filter(|shape| !is_linear(shape)).count();
    println!("{} inputs, {bad} that take too much", all().count());
    ExitCode::from(u8::from(bad > 0))
}

/// Measures an input, and prints its row.
fn is_linear(shape: &Shape) -> bool {
    let growth = Growth::measure(shape.read, |length| shape.bytes(length));
    let [short, long] = growth.per_byte();
    println!(
        "| {} | {short:.2} | {long:.2} | {:.1}x{} |",
        shape.name,
        growth.ratio(),
        if growth.is_linear() {
            ""
        } else {
            " **too much**"
        },
    );
    growth.is_linear()
}
