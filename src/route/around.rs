//! What lies around a node.

use super::padded::{Padded, TILE};

/// How the nodes up to `D / 2` rows and columns off are numbered from one, by its place in its tile.
pub(super) struct Around<const D: usize> {
    /// By row and column from the upper left one, modulo 2^32.
    offsets: Box<[[[u32; D]; D]; TILE]>,
}

impl<const D: usize> Around<D> {
    pub(super) fn new(padded: &Padded) -> Self {
        let by = |place: usize| place.cast_signed() - (D / 2).cast_signed();
        let of_place = |place: usize| {
            std::array::from_fn(|row| {
                std::array::from_fn(|col| padded.offset(place, (by(row), by(col))))
            })
        };
        Self { offsets: Box::new(std::array::from_fn(of_place)) }
    }

    /// What lies around a node in a list of values by node.
    #[inline(always)]
    pub(super) fn of<'a, T>(&'a self, values: &'a [T], node: u32) -> View<'a, T, D> {
        View { values, node, offsets: &self.offsets[node as usize % TILE] }
    }
}

/// The values around a node.
pub(super) struct View<'a, T, const D: usize> {
    values: &'a [T],
    node: u32,
    offsets: &'a [[u32; D]; D],
}

impl<T: Copy + Default, const D: usize> View<'_, T, D> {
    /// What lies so many rows down and columns right of the node.
    #[inline(always)]
    pub(super) fn at(&self, (down, right): (i8, i8)) -> T {
        let there = self.node.wrapping_add(self.offsets[place::<D>(down)][place::<D>(right)]);
        self.values.get(there as usize).copied().unwrap_or_default()
    }
}

#[inline(always)]
fn place<const D: usize>(by: i8) -> usize {
    (D / 2).wrapping_add_signed(by.into())
}
