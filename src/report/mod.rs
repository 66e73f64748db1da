//! Tables, texts and pictures.
