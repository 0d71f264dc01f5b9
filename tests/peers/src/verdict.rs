//! Rows with their values, judged.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::figures::Spread;
use crate::rows::{Formula, Reading, Row, Target};
use crate::runs::{Figures, Run};
use crate::store::Engine;

/// The figures of every run, one for each round.
pub type Rounds = BTreeMap<Run, Vec<Figures>>;

/// A row of the table and of the JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Judged {
    /// What it says.
    pub name: String,
    /// The median, where it was measured.
    pub value: Option<f64>,
    /// The least and the most of all rounds.
    pub spread: Option<[f64; 2]>,
    /// Its unit.
    pub unit: String,
    /// The target in words, where there is one.
    pub target: Option<String>,
    /// `met`, `NOT met`, `reported`, `not measured`, or `not here`.
    pub met: String,
}

fn figures(rounds: &Rounds, reading: Reading) -> Vec<f64> {
    let found = rounds.get(&reading.run).into_iter().flatten();
    found.filter_map(|figures| figures.get(reading.figure).copied()).collect()
}

/// The value of a formula over all rounds; a ratio is taken within each round.
pub fn value(rounds: &Rounds, formula: Formula) -> Option<Spread> {
    match formula {
        Formula::Ratio(of, over) => {
            let pairs = figures(rounds, of).into_iter().zip(figures(rounds, over));
            Spread::of(&pairs.map(|(of, over)| of / over).collect::<Vec<_>>())
        }
        Formula::Value(reading) => Spread::of(&figures(rounds, reading)),
        Formula::LeftOut => None,
    }
}

/// Judges rows. `sync_ms` is the median wait for the disk.
pub fn judge(rows: &[Row], rounds: &Rounds, sync_ms: f64) -> Vec<Judged> {
    let median_of = |other| value(rounds, other).map(|spread| spread.median);
    let mut judged: Vec<Judged> = Vec::new();
    for row in rows {
        let spread = value(rounds, row.formula);
        let met = match (spread, row.runs().into_iter().find_map(Run::missing)) {
            (_, Some(reason)) => format!("not here: {reason}"),
            (None, None) => "not measured".to_owned(),
            (Some(spread), None) => met(&row.target, spread.median, sync_ms, median_of).to_owned(),
        };
        judged.push(Judged {
            name: row.name.clone(),
            value: spread.map(|spread| spread.median),
            spread: spread.map(|spread| [spread.min, spread.max]),
            unit: row.unit.to_owned(),
            target: words(&row.target, row.unit),
            met,
        });
    }
    judged
}

fn words(target: &Target, unit: &str) -> Option<String> {
    match target {
        Target::AtLeast(limit) | Target::AtLeastUnlessBoundByDisk(limit) => {
            Some(format!(">= {limit} {unit}"))
        }
        Target::AtMost(limit) => Some(format!("<= {limit} {unit}")),
        Target::NoLessThan(_) => Some("no less than at 64 k".to_owned()),
        Target::Reported => None,
    }
}

fn met(
    target: &Target,
    value: f64,
    sync_ms: f64,
    median_of: impl Fn(Formula) -> Option<f64>,
) -> &'static str {
    let verdict = |is_met: bool| if is_met { "met" } else { "NOT met" };
    match target {
        Target::AtLeastUnlessBoundByDisk(_) if sync_ms > 1.0 => "reported",
        Target::AtLeast(limit) | Target::AtLeastUnlessBoundByDisk(limit) => verdict(value >= *limit),
        Target::AtMost(limit) => verdict(value <= *limit),
        Target::NoLessThan(other) => {
            median_of(*other).map_or("not measured", |limit| verdict(value >= limit))
        }
        Target::Reported => "reported",
    }
}

/// What every run came to, apart from all comparison.
pub fn absolute(rounds: &Rounds) -> Vec<Judged> {
    let shown = [
        ("per_second", "/s"),
        ("p50_us", "us"),
        ("p99_us", "us"),
        ("cpu_us", "us"),
        ("peak_mb", "MB"),
        ("disk_bytes", "B"),
    ];
    let mut judged = Vec::new();
    for (run, figures) in rounds {
        for (figure, unit) in shown {
            // That of the client says nothing of the server.
            if (run.engine, figure) == (Engine::Postgres, "peak_mb") {
                continue;
            }
            let figures: Vec<f64> = figures.iter().filter_map(|round| round.get(figure).copied()).collect();
            let Some(spread) = Spread::of(&figures) else { continue };
            judged.push(Judged {
                name: format!("{run}: {figure}"),
                value: Some(spread.median),
                spread: Some([spread.min, spread.max]),
                unit: unit.to_owned(),
                target: None,
                met: "reported".to_owned(),
            });
        }
    }
    judged
}
