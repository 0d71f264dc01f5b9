//! `ledger causes` and `ledger donors`: totals, largest net first, then by external id.

use std::process::ExitCode;

use ledger_core::{Currency, Ledger, Totals};
use serde::Serialize;

use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;

/// A list by net.
#[derive(clap::Args)]
pub struct List {
    /// Only so many.
    #[arg(long)]
    pub top: Option<usize>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Items read at once.
const PAGE: u32 = 5_000;

/// A line of the list; money as decimal strings.
#[derive(Serialize)]
struct Line {
    external_id: Option<String>,
    id: String,
    name: Option<String>,
    currency: Option<Currency>,
    gross: String,
    refunded: String,
    disputed: String,
    fees: String,
    adjusted: String,
    net: String,
    pending: String,
    donations: i64,
    #[serde(skip)]
    net_minor: i128,
}

impl Line {
    fn new(external_id: Option<String>, id: String, name: Option<String>, totals: Option<&Totals>) -> Self {
        let figure = |pick: fn(&Totals) -> i128| {
            totals.map_or_else(|| "0".to_owned(), |totals| totals.currency.decimal_string(pick(totals)))
        };
        Self {
            external_id,
            id,
            name,
            currency: totals.map(|totals| totals.currency),
            gross: figure(|totals| totals.gross_minor),
            refunded: figure(|totals| totals.refunded_minor),
            disputed: figure(|totals| totals.disputed_minor),
            fees: figure(|totals| totals.fees_minor),
            adjusted: figure(|totals| totals.adjusted_minor),
            net: figure(Totals::net_minor),
            pending: figure(|totals| totals.pending_minor),
            donations: totals.map_or(0, |totals| totals.donations),
            net_minor: totals.map_or(0, Totals::net_minor),
        }
    }
}

pub fn causes(ledger: &Ledger, list: &List, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let page = ledger.causes(after, PAGE)?;
        let Some(end) = page.last() else { break };
        after = Some(end.id);
        lines.extend(page.into_iter().map(|cause| {
            Line::new(
                cause.details.external_id,
                cause.id.to_string(),
                Some(cause.details.name),
                Some(&cause.totals),
            )
        }));
    }
    show(lines, list, screen)
}

pub fn donors(ledger: &Ledger, list: &List, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let page = ledger.donors(after, PAGE)?;
        let Some(end) = page.last() else { break };
        after = Some(end.id);
        for donor in page {
            let (external_id, name, id) =
                (donor.profile.external_id, donor.profile.name, donor.id.to_string());
            // One line a currency; a donor without money has one line without.
            for totals in &donor.totals {
                lines.push(Line::new(external_id.clone(), id.clone(), name.clone(), Some(totals)));
            }
            if donor.totals.is_empty() {
                lines.push(Line::new(external_id, id, name, None));
            }
        }
    }
    show(lines, list, screen)
}

fn show(mut lines: Vec<Line>, list: &List, screen: &mut Screen) -> Result<ExitCode, Problem> {
    lines.sort_by(|left, right| {
        let by_net = right.net_minor.cmp(&left.net_minor);
        by_net.then_with(|| left.external_id.cmp(&right.external_id)).then_with(|| left.id.cmp(&right.id))
    });
    lines.truncate(list.top.unwrap_or(usize::MAX));
    if list.output.json {
        screen.json(&lines)?;
        return Ok(ExitCode::SUCCESS);
    }
    let header = ["", "id", "donations", "gross", "refunded", "disputed", "fees", "adjusted", "net", ""];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for line in lines {
        let label = line.external_id.or(line.name).unwrap_or_default();
        let currency = line.currency.map(|currency| currency.to_string()).unwrap_or_default();
        let count = line.donations.to_string();
        let figures =
            [line.gross, line.refunded, line.disputed, line.fees, line.adjusted, line.net, currency];
        rows.push([label, line.id, count].into_iter().chain(figures).collect());
    }
    screen.table(&rows)?;
    Ok(ExitCode::SUCCESS)
}
