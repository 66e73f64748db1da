//! The same work on many items: on several threads with the feature `parallel`, in the same order.

/// Results in the order of the items, whichever thread finds them.
#[cfg(feature = "parallel")]
pub(crate) fn each<T: Sync, R: Send>(items: &[T], one: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter().map(one).collect()
}

/// Results in the order of the items.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T, R>(items: &[T], one: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(one).collect()
}

/// As [`each`], of items that are used up, one by one: such as take very different times.
#[cfg(feature = "parallel")]
pub(crate) fn each_of<T: Send, R: Send>(
    items: Vec<T>,
    one: impl Fn(T) -> R + Send + Sync,
) -> Vec<R> {
    use rayon::prelude::*;
    items.into_par_iter().with_max_len(1).map(one).collect()
}

/// Results in the order of the items.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each_of<T, R>(items: Vec<T>, one: impl Fn(T) -> R) -> Vec<R> {
    items.into_iter().map(one).collect()
}

/// Two works side by side.
#[cfg(feature = "parallel")]
pub(crate) fn both<A: Send, B: Send>(
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(a, b)
}

/// Two works, one after the other.
#[cfg(not(feature = "parallel"))]
pub(crate) fn both<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
    (a(), b())
}
