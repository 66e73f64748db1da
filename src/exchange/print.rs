//! A short print of a text, by which it is known again.

/// Eight hexadecimal digits of a text: FNV-1a of 64 bits, folded to 32.
pub(super) fn print(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}
