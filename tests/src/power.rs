//! Power cuts: a disk that keeps what was synced and anything at all of the rest, workloads over it, and what must
//! hold after every cut.

pub mod backups;
pub mod book;
pub mod check;
pub mod disk;
pub mod image;
pub mod names;
pub mod notes;
pub mod point;
pub mod run;
pub mod workloads;
pub mod writing;
