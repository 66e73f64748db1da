//! The same work on many items: on several threads with the feature `parallel`, in the same order.

/// Results in the order of the items, whichever thread finds them.
#[cfg(feature = "parallel")]
pub(super) fn each<T: Sync, R: Send>(items: &[T], one: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter().map(one).collect()
}

/// Results in the order of the items.
#[cfg(not(feature = "parallel"))]
pub(super) fn each<T, R>(items: &[T], one: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(one).collect()
}
