//! LZW tiles and strips that the tiff crate gives up on.
//!
//! tiff 0.11 takes an LZW stream for broken when a read ends where the stream does before its end
//! code (image-tiff issue 395); tiles at the right edge meet that by chance. Here the stream is
//! decoded at one go, up to the bytes that the tile has, as other readers do.

use std::io::{Read, Seek, SeekFrom};

use tiff::decoder::Decoder;
use tiff::tags::{ByteOrder, Tag};

/// Values of `Compression`, `Predictor` and `SampleFormat` (TIFF 6.0, sections 13, 14, 19).
const LZW: u32 = 5;
const NO_PREDICTOR: u32 = 1;
const HORIZONTAL: u32 = 2;
const UNSIGNED: u32 = 1;
const SIGNED: u32 = 2;
const FLOATING: u32 = 3;

/// LZW codes have 9 bits at least, so a stream is at most an eighth longer than its bytes, with
/// clear and end codes; twice that is refused.
const LONGEST_RATIO: u64 = 2;

/// How a number stands in the stream.
struct Sample {
    bytes: usize,
    format: u32,
    order: ByteOrder,
}

/// Rows and columns of a tile or strip as it is stored; what lies in the picture; its number.
pub(super) struct Chunk {
    pub(super) index: usize,
    pub(super) stored: (usize, usize),
    pub(super) inside: (usize, usize),
}

/// The heights of a tile or strip, those in the picture only; `None` if it is no LZW, or is broken.
pub(super) fn heights_m<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    chunk: &Chunk,
) -> Option<Vec<f32>> {
    let number = |decoder: &mut Decoder<R>, tag: Tag, absent: u32| {
        decoder
            .find_tag_unsigned_vec(tag)
            .ok()?
            .map_or(Some(absent), |of: Vec<u32>| of.first().copied())
    };
    if number(decoder, Tag::Compression, 1)? != LZW {
        return None;
    }
    let bits = number(decoder, Tag::BitsPerSample, 1)?;
    let sample = Sample {
        bytes: usize::try_from(bits / 8).ok().filter(|bytes| [1, 2, 4, 8].contains(bytes))?,
        format: number(decoder, Tag::SampleFormat, UNSIGNED)?,
        order: decoder.byte_order(),
    };
    let summed = match number(decoder, Tag::Predictor, NO_PREDICTOR)? {
        NO_PREDICTOR => false,
        HORIZONTAL => true,
        _ => return None,
    };
    let (rows, cols) = chunk.stored;
    let row_bytes = cols.checked_mul(sample.bytes)?;
    let bytes = stream(decoder, chunk.index, row_bytes.checked_mul(rows)?)?;
    let mut heights_m = Vec::with_capacity(chunk.inside.0 * chunk.inside.1);
    for line in bytes.chunks_exact(row_bytes).take(chunk.inside.0) {
        let mut sum = 0_u64;
        for number in line.chunks_exact(sample.bytes).take(chunk.inside.1) {
            let bits = sample.bits(number);
            // Differences to the number before, as wide as the numbers.
            sum = if summed { sum.wrapping_add(bits) } else { bits };
            heights_m.push(sample.height_m(sum)?);
        }
    }
    Some(heights_m)
}

/// The bytes of a tile or strip, decoded.
fn stream<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    index: usize,
    length_bytes: usize,
) -> Option<Vec<u8>> {
    let mut listed = |tags: [Tag; 2]| {
        let list = tags.into_iter().find_map(|tag| decoder.get_tag_u64_vec(tag).ok())?;
        list.get(index).copied()
    };
    let start = listed([Tag::TileOffsets, Tag::StripOffsets])?;
    let count = listed([Tag::TileByteCounts, Tag::StripByteCounts])?;
    if count > LONGEST_RATIO * length_bytes as u64 + 64 {
        return None;
    }
    decoder.inner().seek(SeekFrom::Start(start)).ok()?;
    let mut packed = Vec::new();
    decoder.inner().take(count).read_to_end(&mut packed).ok()?;
    let mut unpacked = vec![0; length_bytes];
    let order = weezl::BitOrder::Msb;
    let mut lzw = weezl::decode::Configuration::with_tiff_size_switch(order, 8)
        .with_yield_on_full_buffer(true)
        .build();
    let (mut taken, mut given): (usize, usize) = (0, 0);
    while given < length_bytes {
        let step = lzw.decode_bytes(packed.get(taken..)?, unpacked.get_mut(given..)?);
        step.status.ok()?;
        if step.consumed_in == 0 && step.consumed_out == 0 {
            return None;
        }
        (taken, given) = (taken + step.consumed_in, given + step.consumed_out);
    }
    Some(unpacked)
}

impl Sample {
    /// The bits of a number, in the order of the file.
    fn bits(&self, bytes: &[u8]) -> u64 {
        let add = |bits: u64, byte: &u8| bits << 8 | u64::from(*byte);
        match self.order {
            ByteOrder::BigEndian => bytes.iter().fold(0, add),
            ByteOrder::LittleEndian => bytes.iter().rev().fold(0, add),
        }
    }

    /// The height that the lowest bits of a sum stand for.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_possible_wrap,
        reason = "only as many bits are set as fit; heights have fewer than 24"
    )]
    fn height_m(&self, bits: u64) -> Option<f32> {
        let unused = 64 - 8 * self.bytes as u32;
        let bits = bits << unused >> unused;
        Some(match (self.format, self.bytes) {
            (UNSIGNED, _) => bits as f32,
            (SIGNED, _) => ((bits << unused) as i64 >> unused) as f32,
            (FLOATING, 4) => f32::from_bits(bits as u32),
            (FLOATING, 8) => f64::from_bits(bits) as f32,
            _ => return None,
        })
    }
}
