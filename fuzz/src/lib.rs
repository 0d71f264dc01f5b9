//! What the fuzz targets share: commands out of bytes, what a sound book answers, and damage to the files of one.

pub mod base_book;
pub mod damage;
pub mod drawing;
pub mod failing;
pub mod forging;
pub mod known;
pub mod memory;
pub mod opened;
pub mod sound;
