//! Work on many things at once: items and what to do with each in; the results, in the items' order, out.
//!
//! Plain threads, not those of the pool that the query engine works with: a thread of a pool that waits for a query
//! takes up other work in the meantime, on the same stack, and with many documents comes to the end of it.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};
use std::thread;

thread_local! {
    /// Whether this thread is one of ours, so that work within work does not multiply threads.
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

/// A thread being one of ours, until it is dropped.
struct Working;

impl Working {
    fn begin() -> Self {
        IS_WORKER.set(true);
        Self
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        IS_WORKER.set(false);
    }
}

/// Does `work` on every item, on as many threads as there are cores; in place where a single one would do, or where
/// this is done within such work already. A panic in the work goes on in the caller.
pub fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    if threads < 2 || IS_WORKER.get() {
        return items.into_iter().map(work).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || {
        let _working = Working::begin();
        std::iter::from_fn(next).map(|(place, item)| (place, work(item))).collect::<Vec<_>>()
    };
    let mut results = thread::scope(|scope| {
        // The caller is one of the workers: a thread more costs memory of its own.
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let mut results = worker();
        for ended in others.into_iter().map(thread::ScopedJoinHandle::join) {
            results.extend(ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let slow_first = |n: u64| {
            thread::sleep(std::time::Duration::from_millis(20_u64.saturating_sub(n)));
            n * n
        };
        assert_eq!(map((0..40).collect(), slow_first), (0..40).map(|n| n * n).collect::<Vec<_>>());
        assert!(map(Vec::new(), slow_first).is_empty());
    }

    #[test]
    fn work_within_work_takes_no_more_threads() {
        let here = |_| thread::current().id();
        let inner = map((0..8).collect::<Vec<u8>>(), |_| (here(0), map((0..8).collect::<Vec<u8>>(), here)));
        assert!(inner.iter().all(|(outer, threads)| threads.iter().all(|thread| thread == outer)));
        let alone: BTreeSet<bool> =
            map(vec![0u8], here).into_iter().map(|id| id == thread::current().id()).collect();
        assert_eq!(alone, BTreeSet::from([true]));
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_reaches_the_caller() {
        map((0..6).collect(), |n| assert_ne!(n, 2, "the third"));
    }
}
