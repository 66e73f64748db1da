//! Properties held against chance inputs that are the same on every run.
//!
//! A run that fails on one machine fails on all, and one that passed passes again: the inputs come
//! from numbered seeds, in their order, until a number of cases or a time is over. To look beyond
//! them, `CHANCE_SEED=7 ARBTEST_BUDGET_MS=5000 cargo test` takes others, for longer. The seed of an
//! input that fails is printed, and `ARBTEST_SEED=0x...` tries that one alone.

use std::time::{Duration, Instant};

pub use arbtest::arbitrary;
use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;

/// Cases after which a property has been held against enough.
const MOST_CASES: u64 = 3_000;
/// Bytes of the largest input.
const MOST_BYTES: f64 = 65_536.0;
/// Cases of one size, and how much larger those behind them are.
const GROWTH: (i32, f64) = (3, 1.25);

/// Holds a property against inputs made of chance bytes, small ones first.
///
/// The property panics where it does not hold, and returns an error for bytes that make no input.
/// It is held when what is returned here is dropped.
///
/// # Panics
///
/// Where the property does, with the seed printed; and if no bytes made an input.
pub fn property<P: FnMut(&mut Unstructured<'_>) -> Result<()>>(property: P) -> Property<P> {
    Property { property, budget: Duration::from_millis(100), least_bytes: 32 }
}

/// A property that is held when this is dropped.
pub struct Property<P: FnMut(&mut Unstructured<'_>) -> Result<()>> {
    property: P,
    budget: Duration,
    least_bytes: u32,
}

impl<P: FnMut(&mut Unstructured<'_>) -> Result<()>> Property<P> {
    /// Sets the time after which no further case is begun, in milliseconds; 100 without it.
    pub fn budget_ms(mut self, value: u64) -> Self {
        self.budget = Duration::from_millis(value);
        self
    }

    /// Sets the bytes of the smallest input; 32 without it.
    pub fn size_min(mut self, bytes: u32) -> Self {
        self.least_bytes = bytes;
        self
    }
}

impl<P: FnMut(&mut Unstructured<'_>) -> Result<()>> Drop for Property<P> {
    fn drop(&mut self) {
        if std::env::var_os("ARBTEST_SEED").is_some() {
            arbtest(&mut self.property).run();
            return;
        }
        let number = |name| std::env::var(name).ok()?.parse::<u64>().ok();
        let budget = number("ARBTEST_BUDGET_MS").map_or(self.budget, Duration::from_millis);
        let (from, begun) = (number("CHANCE_SEED").unwrap_or(0), Instant::now());
        let (mut is_met, mut case) = (false, 0);
        while case < MOST_CASES && begun.elapsed() <= budget {
            let held = |u: &mut Unstructured<'_>| {
                is_met |= (self.property)(u).is_ok();
                Ok(())
            };
            arbtest(held).seed(seed(from, case, self.least_bytes)).run();
            case += 1;
        }
        assert!(is_met, "none of {case} cases made an input");
    }
}

/// The seed of a case: its size in the low half, as arbtest reads it, and chance bits above.
fn seed(from: u64, case: u64, least_bytes: u32) -> u64 {
    let step = i32::try_from(case).map_or(i32::MAX, |case| case / GROWTH.0);
    let bytes = (f64::from(least_bytes) * GROWTH.1.powi(step)).min(MOST_BYTES);
    let mut bits = from.wrapping_mul(MOST_CASES).wrapping_add(case).wrapping_add(1);
    // The finalizer of splitmix64 (Steele, Lea, Flood 2014): neighbours share no bits.
    bits = bits.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (bits & 0xffff_ffff_0000_0000) | bytes as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inputs_are_the_same_on_every_run() {
        let drawn = || {
            let mut drawn = Vec::new();
            property(|u| {
                drawn.push((u.len(), u.arbitrary::<u64>()?));
                Ok(())
            });
            drawn
        };
        let (once, again) = (drawn(), drawn());
        let both = once.len().min(again.len());
        assert!(both > 10 && once[..both] == again[..both]);
        assert!(once[0].0 < once[both - 1].0 && once[0].1 != once[1].1);
    }

    #[test]
    #[should_panic = "does not hold"]
    fn a_case_that_fails_is_told() {
        property(|u| {
            assert!(u.arbitrary::<u8>()? < 200, "does not hold");
            Ok(())
        });
    }

    #[test]
    #[should_panic = "made an input"]
    fn a_property_that_is_never_tried_does_not_pass() {
        property(|_| Err(arbitrary::Error::NotEnoughData));
    }
}
