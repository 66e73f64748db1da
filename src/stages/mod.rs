//! Stage templates, gates and their evidence, and how long built lines took.
