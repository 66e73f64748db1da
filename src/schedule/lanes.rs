//! Iterations computed side by side: every operation on all of them, in the same order whatever the
//! width of the registers, so that the bytes are the same on all of them.
//!
//! Choices are made with masks instead of branches, which keeps loops whole.

/// How many: two blocks of sixteen, which all widths divide. More would let the arrays of some hundred
/// activities outgrow the nearest cache; with fewer what is done once for all of them weighs more.
pub(super) const LANES: usize = 32;

/// One number for each iteration.
pub(super) type Floats = [f32; LANES];

/// One word for each iteration.
pub(super) type Words = [u32; LANES];

/// How many fill the registers of one step.
pub(super) const SIDE: usize = 16;

/// Sixteen at a time.
#[inline(always)]
pub(super) fn sides(all: &Floats) -> &[[f32; SIDE]] {
    all.as_chunks().0
}

/// Sixteen at a time, to be written.
#[inline(always)]
pub(super) fn sides_mut(all: &mut Floats) -> &mut [[f32; SIDE]] {
    all.as_chunks_mut().0
}

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
pub(super) fn later<const N: usize>(a: &[f32; N], b: &[f32; N]) -> [f32; N] {
    // Not a comparison: that is built into stores under a mask, which are slow on some machines. No
    // moment is -0, so that which of two zeros is the later one never matters.
    each(a, b, f32::max)
}

/// The sum of each two.
#[inline(always)]
pub(super) fn sum<const N: usize>(a: &[f32; N], b: &[f32; N]) -> [f32; N] {
    each(a, b, |a, b| a + b)
}

/// The difference of each two.
#[inline(always)]
pub(super) fn less<const N: usize>(a: &[f32; N], b: &[f32; N]) -> [f32; N] {
    each(a, b, |a, b| a - b)
}

/// What each two make together.
#[inline(always)]
pub(super) fn each<const N: usize>(
    a: &[f32; N],
    b: &[f32; N],
    one: impl Fn(f32, f32) -> f32,
) -> [f32; N] {
    let mut all = [0.0; N];
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

/// The words that are set where a number is above a bound. A loop, since `map` of an array is a call
/// that is not built for wide registers.
#[inline(always)]
pub(super) fn above(numbers: &Floats, bound: f32) -> Words {
    let mut marks = [0; LANES];
    for (mark_of, number) in marks.iter_mut().zip(numbers) {
        *mark_of = mask(*number > bound);
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
