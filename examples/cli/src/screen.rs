//! What the tool prints: lines, one JSON document, progress on a terminal.

use std::io::{BufWriter, IsTerminal, Stderr, Stdout, Write, stderr, stdout};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::problem::Problem;

/// Standard output and standard error.
pub struct Screen {
    out: BufWriter<Stdout>,
    err: Stderr,
}

impl Screen {
    /// The process's own.
    pub fn standard() -> Self {
        Self { out: BufWriter::new(stdout()), err: stderr() }
    }

    /// Prints a line.
    pub fn line(&mut self, text: &str) -> Result<(), Problem> {
        Ok(writeln!(self.out, "{text}")?)
    }

    /// Prints one JSON document.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Problem> {
        serde_json::to_writer_pretty(&mut self.out, value)?;
        Ok(writeln!(self.out)?)
    }

    /// Prints a table: columns as wide as their widest cell, all but the first aligned to the right.
    pub fn table(&mut self, rows: &[Vec<String>]) -> Result<(), Problem> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or(0)).collect();
        for row in rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, &width))| {
                if at == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Writes what is still buffered.
    pub fn finish(&mut self) -> Result<(), Problem> {
        Ok(self.out.flush()?)
    }

    /// Where an export goes.
    pub fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Says something that is not the result, on standard error.
    pub fn note(&mut self, text: &str) {
        // Nobody is left to be told when standard error is gone.
        let _ = writeln!(self.err, "{text}");
    }

    /// Says what went wrong.
    pub fn complain(&mut self, problem: &Problem) {
        let _ = self.out.flush();
        self.note(&problem.to_string());
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.out.flush();
    }
}

/// A progress bar on a terminal, nothing in a pipe.
pub fn progress(bytes: u64) -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {percent:>3}% {msg} {eta}");
    let bar = ProgressBar::new(bytes);
    style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
}
