//! The identity of an entity: 128 bits in 22 characters.

/// The alphabet of IFC, six bits a character.
const ALPHABET: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$";

/// The same for the same seed and role, another for another: FNV-1a of 128 bits, marked as a UUID
/// of version 8 (RFC 9562, section 5.8), in the base 64 of IFC.
pub(super) fn guid(seed: &str, role: &str) -> String {
    let step = |hash: u128, byte: u8| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    };
    let bytes = seed.bytes().chain([0]).chain(role.bytes());
    let hash = bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, step);
    let version = (hash & !(0xf_u128 << 76)) | (8_u128 << 76);
    let bits = (version & !(3_u128 << 62)) | (2_u128 << 62);
    let digit = |place: u32| {
        let six = usize::try_from((bits >> (6 * place)) & 0x3f).unwrap_or_default();
        char::from(ALPHABET.get(six).copied().unwrap_or(b'0'))
    };
    (0..22).rev().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_two_characters_that_tell_apart() {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..100 {
            for role in 0..100 {
                let made = guid(&seed.to_string(), &role.to_string());
                assert_eq!(made.len(), 22);
                // 128 bits are two in the first character.
                assert!(made.starts_with(['0', '1', '2', '3']), "{made}");
                assert!(made.bytes().all(|byte| ALPHABET.contains(&byte)));
                assert!(seen.insert(made));
            }
        }
        assert_ne!(guid("a", "bc"), guid("ab", "c"));
    }
}
