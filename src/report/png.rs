//! Pictures of few colours, as text that a page can hold.

/// A picture of up to 256 colours as a `data:` address; `None` if the sizes do not fit.
pub(super) fn data_address(
    width_px: usize,
    height_px: usize,
    palette: &[[u8; 3]],
    pixels: &[u8],
) -> Option<String> {
    let mut file = Vec::new();
    let (width, height) = (u32::try_from(width_px).ok()?, u32::try_from(height_px).ok()?);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixels).ok()?;
    writer.finish().ok()?;
    Some(format!("data:image/png;base64,{}", base64(&file)))
}

/// Base 64 (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS.get((word >> (18 - 6 * place) & 63) as usize).copied();
            let shown = if place <= chunk.len() { letter } else { None };
            text.push(shown.map_or('=', char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_picture_must_have_its_size() {
        assert!(data_address(2, 1, &[[0; 3]], &[0, 0]).is_some());
        assert!(data_address(2, 2, &[[0; 3]], &[0, 0]).is_none());
    }
}
