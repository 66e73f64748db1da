//! Pieces of pictures.

use super::escape::escape;

/// A round step, from a first one on, with which a length has so many parts at most: 1, 2, 5, 10, ...
/// times the first.
pub(super) fn round_step_m(length_m: f64, first_m: f64, most: f64) -> f64 {
    let mut step_m = first_m;
    for factor in [2.0, 2.5, 2.0].iter().cycle().take(24) {
        if length_m / step_m > most {
            step_m *= factor;
        }
    }
    step_m
}

/// A picture under construction, in its own units of a pixel.
#[derive(Default)]
pub(super) struct Svg {
    body: String,
}

impl Svg {
    /// Adds markup that is already safe.
    pub(super) fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
        self.body.push('\n');
    }

    pub(super) fn polyline(&mut self, class: &str, style: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let points = points.join(" ");
        self.raw(&format!("<polyline class=\"{class}\" style=\"{style}\" points=\"{points}\"/>"));
    }

    /// A closed shape.
    pub(super) fn polygon(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.raw(&format!("<polygon class=\"{class}\" points=\"{}\"/>", points.join(" ")));
    }

    /// A rectangle with sharp corners.
    pub(super) fn block(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.raw(&format!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        ));
    }

    /// A square on its point.
    pub(super) fn diamond(&mut self, class: &str, (x, y): (f64, f64), reach: f64) {
        self.polygon(class, &[(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]);
    }

    /// What is drawn inside has words that a pointer held over it shows, and that are read out.
    pub(super) fn titled(&mut self, words: &str, draw: impl FnOnce(&mut Self)) {
        self.raw(&format!("<g><title>{}</title>", escape(words)));
        draw(self);
        self.raw("</g>");
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.raw(&format!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"/>"
        ));
    }

    pub(super) fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.raw(&format!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"3\"/>"
        ));
    }

    /// A text; `anchor` is `start`, `middle` or `end`.
    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: &str, text: &str) {
        let text = escape(text);
        self.raw(&format!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    /// The whole picture, with a title and a description for those who cannot see it.
    pub(super) fn finish(
        self,
        class: &str,
        id: &str,
        (width, height): (f64, f64),
        title: &str,
        description: &str,
    ) -> String {
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" xmlns=\"http://www.w3.org/2000/svg\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{}</svg>\n",
            escape(title),
            escape(description),
            self.body
        )
    }
}
