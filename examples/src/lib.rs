//! Examples that can be run, as functions, so that tests check what they leave behind.

mod abroad;
mod lifecycle;
mod steps;

pub use lifecycle::play_lifecycle;
pub use steps::Played;

/// The account at the processor.
const STRIPE: &str = "stripe";
