//! Random numbers that are a pure function of a seed and a place: nothing is carried on.

use super::lanes::Words;

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// Four words for each of the iterations of a block from `first` on, which is a multiple of them.
///
/// Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers:
/// as easy as 1, 2, 3", SC11, 2011: ten rounds of two multiplications on a counter, here iteration
/// and group of variables, under a key, here the seed.
#[inline(always)]
pub(super) fn philox(seed: u64, first: u64, group: u32, words: &mut [Words; 4]) {
    let keys = keys(seed);
    let [a, b, c, d] = words;
    let lanes = a.iter_mut().zip(b).zip(c).zip(d);
    for (lane, (((a, b), c), d)) in (0_u32..).zip(lanes) {
        let done = rounds([low(first) | lane, high(first), group, 0], &keys);
        [*a, *b, *c, *d] = done;
    }
}

/// Four words of a seed, a number and a group of variables: those of one lane of [`philox`].
pub(crate) fn words_of(seed: u64, number: u64, group: u32) -> [u32; 4] {
    rounds([low(number), high(number), group, 0], &keys(seed))
}

/// The keys of all rounds.
#[inline(always)]
fn keys(seed: u64) -> [[u32; 2]; ROUNDS] {
    let mut key = [low(seed), high(seed)];
    let mut keys = [key; ROUNDS];
    for of_round in &mut keys {
        *of_round = key;
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    keys
}

/// All rounds on one counter.
///
/// A word is the low half of a longer one; what its high half holds never matters, since a product
/// takes the low halves alone.
#[inline(always)]
fn rounds(counter: [u32; 4], keys: &[[u32; 2]; ROUNDS]) -> [u32; 4] {
    let [m, n] = MULTIPLIERS.map(u64::from);
    let [mut a, mut b, mut c, mut d] = counter.map(u64::from);
    for key in keys {
        let (p, q) = (m * (a & LOW), n * (c & LOW));
        (a, b, c, d) = ((q >> 32) ^ b ^ u64::from(key[0]), q, (p >> 32) ^ d ^ u64::from(key[1]), p);
    }
    [low(a), low(b), low(c), low(d)]
}

const LOW: u64 = 0xFFFF_FFFF;

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
#[inline(always)]
const fn low(word: u64) -> u32 {
    word as u32
}

#[inline(always)]
const fn high(word: u64) -> u32 {
    low(word >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::lanes::LANES;

    #[test]
    fn words_are_those_of_the_authors() {
        // Known answers that come with the authors' Random123 library (kat_vectors, philox4x32 10).
        let ones = u32::MAX;
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        for (counter, key, words) in [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([ones; 4], [ones; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (pi, [0xa409_3822, 0x299f_31d0], [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
        ] {
            let seed = u64::from(key[0]) | u64::from(key[1]) << 32;
            assert_eq!(rounds(counter, &keys(seed)), words);
        }
        let seed = 0x299f_31d0_a409_3822;
        for first in [0, 64, 1 << 32, (7 << 32) + 640] {
            let mut words = [[0; LANES]; 4];
            philox(seed, first, 9, &mut words);
            for lane in 0..LANES {
                let counter = [low(first) + u32::try_from(lane).unwrap(), high(first), 9, 0];
                assert_eq!(words.map(|word| word[lane]), rounds(counter, &keys(seed)));
            }
        }
    }
}
