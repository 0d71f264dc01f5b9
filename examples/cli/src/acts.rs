//! What every act on the way of money has: a key, mostly a day, and how it is shown what came of it.

use std::fmt::Display;
use std::process::ExitCode;

use ledger_core::{Committed, Date};

use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;
use crate::writing;

/// An act.
#[derive(clap::Args)]
pub struct Act {
    /// One per act: the same key never does it twice.
    #[arg(long)]
    pub key: String,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

impl Act {
    /// Shows what came of it, under the id of what it made or is about.
    pub fn show(
        &self,
        id: Option<impl Display>,
        committed: &Committed,
        screen: &mut Screen,
    ) -> Result<ExitCode, Problem> {
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        writing::show(id, committed, self.output, screen)
    }
}

/// An act that happened on a day.
#[derive(clap::Args)]
pub struct DatedAct {
    /// The act.
    #[command(flatten)]
    pub act: Act,
    /// The day, as 2026-01-31; without it, today (UTC).
    #[arg(long)]
    pub on: Option<String>,
}

impl DatedAct {
    /// Its key.
    pub fn key(&self) -> String {
        self.act.key.clone()
    }

    /// Its day, where one is given.
    pub fn day(&self) -> Result<Option<Date>, Problem> {
        writing::day(self.on.as_deref())
    }

    /// As [`Act::show`].
    pub fn show(
        &self,
        id: Option<impl Display>,
        committed: &Committed,
        screen: &mut Screen,
    ) -> Result<ExitCode, Problem> {
        self.act.show(id, committed, screen)
    }
}
