//! `ledger webhook`, `parked` and `attach`: what a payment provider says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use ledger_core::{
    AttachObject, DisputeId, Ingested, Ledger, ParkedFact, ProviderTarget, RefundId, SettlementId, Stripe,
    StripeMode, Webhook, WebhookRejected,
};

use crate::acts::Act;
use crate::args::Output;
use crate::problem::Problem;
use crate::reading::show_record;
use crate::screen::Screen;

/// Taking in a webhook.
#[derive(clap::Args)]
pub struct WebhookTask {
    /// Who sent it.
    #[arg(long)]
    pub provider: Provider,
    /// The account at the processor.
    #[arg(long, default_value = "stripe")]
    pub processor: String,
    /// The bank account in which its payouts arrive.
    #[arg(long, default_value = "main")]
    pub bank: String,
    /// A file with the secret of the endpoint; with several, one a line, while the secret is being changed.
    #[arg(long, value_name = "FILE")]
    pub secret_file: PathBuf,
    /// It is about real money; without this, about a test.
    #[arg(long)]
    pub live: bool,
    /// A file with the headers as they came, one a line.
    #[arg(long, value_name = "FILE", required_unless_present = "signature", conflicts_with = "signature")]
    pub headers: Option<PathBuf>,
    /// The value of the header that holds the signature.
    #[arg(long)]
    pub signature: Option<String>,
    /// A file with the body, byte for byte as it came.
    pub body: PathBuf,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Who sends webhooks.
#[derive(Clone, Copy, ValueEnum)]
pub enum Provider {
    /// Stripe.
    Stripe,
}

/// Attaching an object of a provider.
#[derive(clap::Args)]
pub struct Attach {
    /// The payment, refund, dispute or settlement that it is here.
    pub to: String,
    /// The object, by its id at the provider.
    pub object: String,
    /// Its key, how to print.
    #[command(flatten)]
    pub act: Act,
}

pub fn webhook(ledger: &Ledger, task: &WebhookTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let Provider::Stripe = task.provider;
    let (stripe, body) = (stripe(task)?, read(&task.body)?);
    let file = task.headers.as_deref().map(read_text).transpose()?.unwrap_or_default();
    // The first line of a request is no header.
    let in_file = file.lines().filter_map(|line| line.split_once(':'));
    let given = task.signature.as_deref().map(|signature| ("Stripe-Signature", signature));
    let headers: Vec<(&str, &str)> =
        in_file.chain(given).map(|(name, value)| (name.trim(), value.trim())).collect();
    let outcome = ledger.ingest_webhook(&stripe, &Webhook { headers: &headers, body: &body })?;
    let said = match &outcome {
        Ingested::Rejected { why } => {
            return Err(Problem::Plain(format!("webhook was not taken in: {}", refusal(why))));
        }
        Ingested::Applied { committed } => format!("applied as record {}", committed.seq),
        Ingested::Duplicate { seq } => format!("duplicate: it was taken in as record {seq}"),
        Ingested::Parked { seq } => format!("parked as record {seq}: it waits for what it is about"),
        Ingested::Ignored => "ignored: it says nothing new, or nothing that is kept".to_owned(),
        other => format!("{other:?}"),
    };
    if task.output.json {
        screen.json(&outcome)?;
        return Ok(ExitCode::SUCCESS);
    }
    screen.line(&said)?;
    if let Ingested::Applied { committed } = &outcome {
        show_record(committed, screen)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The reader of what Stripe sends, with all secrets of the file.
fn stripe(task: &WebhookTask) -> Result<Stripe, Problem> {
    let file = read_text(&task.secret_file)?;
    let mut secrets = file.lines().map(str::trim).filter(|line| !line.is_empty());
    let empty = || Problem::Plain(format!("{} holds no secret", task.secret_file.display()));
    let mode = if task.live { StripeMode::Live } else { StripeMode::Test };
    let first = Stripe::new(&*task.processor, &*task.bank, secrets.next().ok_or_else(empty)?, mode);
    Ok(secrets.fold(first, Stripe::also_signed_with))
}

fn refusal(why: &WebhookRejected) -> String {
    match why {
        WebhookRejected::ByProvider { refusal } => refusal.to_string(),
        WebhookRejected::OtherContent => {
            "an event with this id was taken in before, and said something else".to_owned()
        }
        other => format!("{other:?}"),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| Problem::Plain(format!("{}: {error}", path.display())))
}

fn read_text(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|error| Problem::Plain(format!("{}: {error}", path.display())))
}

pub fn parked(ledger: &Ledger, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let parked = ledger.parked()?;
    if output.json {
        screen.json(&parked)?;
        return Ok(ExitCode::SUCCESS);
    }
    let row = |of: &ParkedFact| vec![of.processor.clone(), of.waits_for.clone(), of.fact.object.clone()];
    let head = ["processor", "waits for", "told of"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = core::iter::once(head).chain(parked.iter().map(row)).collect();
    screen.table(&rows)?;
    Ok(ExitCode::SUCCESS)
}

pub fn attach(ledger: &Ledger, task: &Attach, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let is = |prefix: &str| task.to.starts_with(prefix);
    let to = if is(RefundId::PREFIX) {
        ProviderTarget::Refund { refund: task.to.parse()? }
    } else if is(DisputeId::PREFIX) {
        ProviderTarget::Dispute { dispute: task.to.parse()? }
    } else if is(SettlementId::PREFIX) {
        ProviderTarget::Settlement { settlement: task.to.parse()? }
    } else {
        ProviderTarget::Payment { payment: task.to.parse()? }
    };
    let (key, object) = (task.act.key.clone(), task.object.clone());
    let committed = ledger.attach_object(AttachObject { key, object, to })?;
    task.act.show(Some(&task.to), &committed, screen)
}
