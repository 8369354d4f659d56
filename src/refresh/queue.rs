//! The queue: jobs with their hosts in; results in the jobs' order out, so many at a time and so many a host.

use super::limits::Limits;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};

struct Waiting<T> {
    jobs: VecDeque<usize>,
    busy: BTreeMap<String, usize>,
    results: Vec<Option<T>>,
}

/// Does `work` on every job. A host at its limit lets jobs of other hosts pass.
pub(super) fn run<J: Sync, T: Send>(
    jobs: &[J],
    limits: &Limits,
    host: impl Fn(&J) -> String,
    work: impl Fn(&J) -> T + Sync,
) -> Vec<T> {
    let hosts: Vec<String> = jobs.iter().map(host).collect();
    let results = jobs.iter().map(|_| None).collect();
    let waiting = Mutex::new(Waiting { jobs: (0..jobs.len()).collect(), busy: BTreeMap::new(), results });
    let freed = Condvar::new();
    let worker = || {
        let mut state = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.jobs.is_empty() {
            let has_room =
                |job: &usize| state.busy.get(&hosts[*job]).is_none_or(|n| *n < limits.per_host.max(1));
            let Some(place) = state.jobs.iter().position(has_room) else {
                state = freed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let Some(job) = state.jobs.remove(place) else { continue };
            *state.busy.entry(hosts[job].clone()).or_default() += 1;
            drop(state);
            let result = work(&jobs[job]);
            state = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            state.results[job] = Some(result);
            if let Some(n) = state.busy.get_mut(&hosts[job]) {
                *n -= 1;
            }
            freed.notify_all();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..limits.workers.clamp(1, jobs.len().max(1)) {
            scope.spawn(worker);
        }
    });
    let state = waiting.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.results.into_iter().map(|result| result.expect("every job was taken once and done")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_keep_their_order_and_no_host_is_asked_more_at_a_time_than_allowed() {
        let jobs: Vec<usize> = (0..24).collect();
        let limits = Limits { workers: 6, per_host: 2, ..Limits::default() };
        let busy: Vec<AtomicUsize> = (0..3).map(|_| AtomicUsize::new(0)).collect();
        let (most_of_host, all, most) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let results = run(
            &jobs,
            &limits,
            |job| (job % 3).to_string(),
            |job| {
                most_of_host.fetch_max(busy[job % 3].fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                most.fetch_max(all.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(5));
                busy[job % 3].fetch_sub(1, Ordering::SeqCst);
                all.fetch_sub(1, Ordering::SeqCst);
                job * 2
            },
        );
        assert_eq!(results, jobs.iter().map(|job| job * 2).collect::<Vec<_>>());
        assert!(most_of_host.into_inner() <= 2);
        assert!((3..=6).contains(&most.into_inner()));
    }

    #[test]
    fn no_job_is_no_work() {
        assert!(run(&[] as &[u8], &Limits::default(), |_| String::new(), |_| ()).is_empty());
    }
}
