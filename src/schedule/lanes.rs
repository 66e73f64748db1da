//! Iterations computed side by side: every operation on all of them, in the same order whatever the
//! width of the registers, so that the bytes are the same on all of them.
//!
//! Choices are made with masks instead of branches, which keeps loops whole.

/// How many: four blocks of sixteen, which all widths divide.
pub(super) const LANES: usize = 64;

/// One number for each iteration.
pub(super) type Floats = [f32; LANES];

/// One word for each iteration.
pub(super) type Words = [u32; LANES];

/// All bits, or none.
#[inline(always)]
pub(super) fn mask(is_set: bool) -> u32 {
    u32::from(is_set).wrapping_neg()
}

/// One number where the mask is set, another where it is not.
#[inline(always)]
pub(super) fn select(mask: u32, set: f32, unset: f32) -> f32 {
    f32::from_bits(set.to_bits() & mask | unset.to_bits() & !mask)
}

/// A number where the mask is set, else 0.
#[inline(always)]
pub(super) fn only(mask: u32, number: f32) -> f32 {
    f32::from_bits(number.to_bits() & mask)
}

/// The later of each two moments.
#[inline(always)]
pub(super) fn later(a: &Floats, b: &Floats) -> Floats {
    each(a, b, |a, b| if b > a { b } else { a })
}

/// The sum of each two.
#[inline(always)]
pub(super) fn sum(a: &Floats, b: &Floats) -> Floats {
    each(a, b, |a, b| a + b)
}

/// The difference of each two.
#[inline(always)]
pub(super) fn less(a: &Floats, b: &Floats) -> Floats {
    each(a, b, |a, b| a - b)
}

#[inline(always)]
fn each(a: &Floats, b: &Floats, one: impl Fn(f32, f32) -> f32) -> Floats {
    let mut all = [0.0; LANES];
    for ((all, a), b) in all.iter_mut().zip(a).zip(b) {
        *all = one(*a, *b);
    }
    all
}

/// The words that are set where two numbers are equal.
#[inline(always)]
pub(super) fn equal(a: &Floats, b: &Floats, among: &Words) -> Words {
    let mut marks = *among;
    for ((mark_of, a), b) in marks.iter_mut().zip(a).zip(b) {
        *mark_of &= mask(a == b);
    }
    marks
}

/// Sets the words that are set in another.
#[inline(always)]
pub(super) fn add(words: &mut Words, others: &Words) {
    for (word, other) in words.iter_mut().zip(others) {
        *word |= other;
    }
}
