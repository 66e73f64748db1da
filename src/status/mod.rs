//! Claims resolved, checked and assessed at a date.
