//! Random sequences of everything that can be asked of a ledger, played against it and against the naive
//! model side by side.

mod agreement;
mod corrections;
mod draw;
mod histories;
mod keys;
mod money;
mod past;
mod people;
mod play;

pub use draw::{Action, draw};
pub use histories::{all_pages, of_account, of_history};
pub use play::{Audits, Place, Rehearsal};
