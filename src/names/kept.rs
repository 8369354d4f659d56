//! What is worked out of an id in once and kept; shared, out.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Values by id. Two who ask at once for one that is not there yet may both work it out; the first one stands.
#[derive(Debug)]
pub(super) struct Kept<V>(RwLock<HashMap<String, Arc<V>>>);

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<V> Kept<V> {
    /// The value of an id.
    pub(super) fn get(&self, id: &str, work_out: impl FnOnce() -> V) -> Arc<V> {
        if let Ok(kept) = self.0.read()
            && let Some(value) = kept.get(id)
        {
            return Arc::clone(value);
        }
        let value = Arc::new(work_out());
        match self.0.write() {
            Ok(mut kept) => Arc::clone(kept.entry(id.to_owned()).or_insert(value)),
            Err(_) => value,
        }
    }
}
