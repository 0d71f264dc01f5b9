//! Examples that can be run, as functions, so that tests check what they leave behind.

mod abroad;
mod lifecycle;
mod steps;
mod thanks;

pub use lifecycle::play_lifecycle;
pub use steps::Played;
pub use thanks::{Thanked, ThanksStopped, send_thanks};

/// The account at the processor.
const STRIPE: &str = "stripe";
