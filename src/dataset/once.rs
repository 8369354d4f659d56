//! What is made once and kept: a key and how to make its value in; the value, shared, out.

use polars::prelude::PlHashMap;
use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// A place for one value, empty until it is made.
type Cell<V> = Arc<Mutex<Option<V>>>;

/// Values by key, each made by the first who asks for it while others who want the same one wait, and nobody else.
pub(super) struct Once<K, V>(Mutex<PlHashMap<K, Cell<V>>>);

impl<K, V> Default for Once<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Once<K, V> {
    /// The value of a key. One that could not be made is tried again by whoever asks next.
    pub(super) fn get<Q, E>(&self, key: &Q, make: impl FnOnce() -> Result<V, E>) -> Result<V, E>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let cell = self.cell(key);
        let mut value = cell.lock().unwrap_or_else(PoisonError::into_inner);
        match &*value {
            Some(made) => Ok(made.clone()),
            None => Ok(value.insert(make()?).clone()),
        }
    }

    fn cell<Q>(&self, key: &Q) -> Cell<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = cells.get(key) {
            return Arc::clone(cell);
        }
        Arc::clone(cells.entry(key.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn a_value_is_made_once_however_many_ask_at_once() {
        let (once, made) = (Once::<String, usize>::default(), AtomicUsize::new(0));
        let ask = || {
            once.get("a", || {
                thread::sleep(std::time::Duration::from_millis(20));
                Ok::<_, ()>(made.fetch_add(1, Ordering::Relaxed))
            })
        };
        thread::scope(|scope| {
            let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            assert!(asking.into_iter().all(|asked| asked.join().unwrap() == Ok(0)));
        });
        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn what_failed_is_tried_again() {
        let once = Once::<String, u8>::default();
        assert_eq!(once.get("a", || Err("no")), Err("no"));
        assert_eq!(once.get("a", || Ok::<_, ()>(1)), Ok(1));
        assert_eq!(once.get("b", || Ok::<_, ()>(2)), Ok(2));
    }
}
