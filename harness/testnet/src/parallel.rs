//! Work on all cores.

use std::num::NonZero;
use std::thread;

/// With fewer items threads cost more than they save.
const FEW: usize = 64;

/// What a function says of each item, in their order.
pub(crate) fn map<'t, T: Sync, U: Send>(
    items: &'t [T],
    function: impl Fn(&'t T) -> U + Sync,
) -> Vec<U> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    if items.len() < FEW || cores == 1 {
        return items.iter().map(function).collect();
    }
    let function = &function;
    thread::scope(|scope| {
        let chunks = items.chunks(items.len().div_ceil(cores));
        let workers: Vec<_> = chunks
            .map(|chunk| scope.spawn(move || chunk.iter().map(function).collect::<Vec<_>>()))
            .collect();
        let answers = workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        answers.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order() {
        for count in [0, 1, FEW, 1001] {
            let items: Vec<_> = (0..count).collect();
            assert_eq!(
                map(&items, |item| item + 1),
                (1..=count).collect::<Vec<_>>()
            );
        }
    }
}
