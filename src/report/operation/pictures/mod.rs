//! Pictures of trains on the line: how fast they run, what they pull, when they meet, how many fit.

#[cfg(test)]
mod any_input;
mod axis;
mod by_curve;
mod by_gradient;
mod curve_names;
#[cfg(test)]
mod drawn;
mod effort;
mod kilometres;
mod load;
#[cfg(test)]
mod made_up;
mod occupation;
mod room;
mod shape;
mod speed;
mod thinned;
mod train_graph;
mod transit;
mod words;

pub use by_gradient::service_by_gradient_picture;
pub use effort::effort_picture;
pub use load::load_picture;
pub use occupation::occupation_picture;
pub use speed::speed_picture;
pub use train_graph::train_graph_picture;
pub use transit::transit_picture;
