//! Figures: what a step measured, and what is made of several rounds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::store::Contents;

/// What one process prints.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Measured {
    /// Figures by name, such as `per_second`.
    pub figures: BTreeMap<String, f64>,
    /// What was found in the store after it was opened again.
    pub contents: Option<Contents>,
}

impl Measured {
    /// Notes a figure.
    pub fn note(&mut self, name: &str, value: f64) {
        self.figures.insert(name.to_owned(), value);
    }

    /// Notes latencies in nanoseconds as microseconds.
    pub fn note_latencies(&mut self, mut nanos: Vec<u32>) {
        nanos.sort_unstable();
        let at = |share: f64| f64::from(nanos[((nanos.len() - 1) as f64 * share) as usize]) / 1_000.0;
        for (name, share) in [("p50_us", 0.5), ("p99_us", 0.99), ("max_us", 1.0)] {
            self.note(name, at(share));
        }
        self.note("p99_ms", at(0.99) / 1_000.0);
    }
}

/// A figure over several rounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The middle one; of an even number, the mean of the two in the middle.
    pub median: f64,
    /// The least.
    pub min: f64,
    /// The most.
    pub max: f64,
}

impl Spread {
    /// Of at least one figure.
    pub fn of(figures: &[f64]) -> Option<Self> {
        let mut sorted = figures.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let half = sorted.len() / 2;
        let median =
            if sorted.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) };
        Some(Self { median, min, max })
    }
}
