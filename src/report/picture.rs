//! A picture with its heading and what a reader must know of it.

use super::escape::escape;

/// How pictures look, in a page and alone.
pub(super) const PICTURE_STYLE: &str = include_str!("picture.css");

/// A picture with its heading and what a reader must know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Short name for links.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What a reader must know to read it.
    pub caption: String,
    /// The picture as markup for a page that has its styles.
    pub svg: String,
}

impl Picture {
    /// The picture as a file of its own: an SVG that carries its styles.
    ///
    /// ```
    /// use railcorridor::report::Picture;
    ///
    /// let svg = "<svg class=\"x\" viewBox=\"0 0 9 9\"></svg>".to_owned();
    /// let picture = Picture { id: "x".into(), title: "X".into(), caption: "".into(), svg };
    /// assert!(picture.file().starts_with("<svg class=\"x\" viewBox=\"0 0 9 9\"><style>"));
    /// ```
    #[must_use]
    pub fn file(&self) -> String {
        let Some((head, body)) = self.svg.split_once('>') else { return self.svg.clone() };
        format!("{head}><style>\n{PICTURE_STYLE}</style>{body}")
    }

    /// As a part of a page, to be pushed sideways on narrow screens.
    pub(super) fn html(&self) -> String {
        format!(
            "<figure class=\"picture\" id=\"{}\"><h2>{}</h2>\n<figcaption>{}</figcaption>\n\
             <div class=\"scroll\">{}</div></figure>\n",
            escape(&self.id),
            escape(&self.title),
            escape(&self.caption),
            self.svg
        )
    }
}
