//! What is asked for, as JSON.

use std::path::PathBuf;

use ledger_core::{
    Committed, Currency, DonorId, ErrorCode, ExportFormat, Follower, ImportMode, LedgerError,
    PaymentProvider, Query, Sandbox, Settings, Stripe, StripeMode,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Opened;
use crate::answers::{Failure, Refused, text_of};

/// Reads a request. A value in it that is none (an amount, a currency, a day, an id) is refused with the code that it has
/// everywhere, which core puts before the message.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Refused> {
    serde_json::from_str(text).map_err(|error| not_read(&error))
}

/// Why JSON was not read.
pub fn not_read(error: &serde_json::Error) -> Refused {
    let why = error.to_string();
    let coded = why.split_once(": ").and_then(|(number, message)| {
        let number: u16 = number.parse().ok()?;
        let code = *ErrorCode::ALL.iter().find(|code| code.number() == number)?;
        Some(Refused::Coded(code, message.to_owned()))
    });
    coded.unwrap_or_else(|| Refused::NotUnderstood(format!("JSON is not as it must be: {why}")))
}

/// Reads a question; one without arguments may be its name alone.
pub fn question(text: &str) -> Result<Query, Refused> {
    if text.trim_start().starts_with('"') {
        let name: String = read(text)?;
        return read(&json!({ name: {} }).to_string());
    }
    read(text)
}

/// What came of one of several commands.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Came<'a> {
    Ok(&'a Committed),
    Error(Failure<'a>),
}

impl<'a> Came<'a> {
    fn of(result: &'a Result<Committed, LedgerError>) -> Self {
        match result {
            Ok(committed) => Self::Ok(committed),
            Err(error) => Self::Error(Failure::of(error)),
        }
    }
}

/// Commits what was asked for: a command, or an array of them.
pub fn decided(ledger: &Opened, commands: &str) -> Result<String, Refused> {
    if !commands.trim_start().starts_with('[') {
        return text_of(&ledger.submit(read(commands)?)?);
    }
    text_of(&ledger.submit_all(read(commands)?)?.iter().map(Came::of).collect::<Vec<_>>())
}

/// Whose webhook.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Provider {
    Stripe { processor: String, bank: String, secrets: Vec<String>, mode: StripeMode },
    Sandbox { processor: String },
}

/// A webhook, less its body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    provider: Provider,
    headers: Vec<(String, String)>,
}

/// Takes a webhook in.
pub fn ingest(ledger: &Opened, webhook: &Webhook, body: &[u8]) -> Result<String, Refused> {
    let provider: Box<dyn PaymentProvider> = match &webhook.provider {
        Provider::Stripe { processor, bank, secrets, mode } => {
            let (first, more) =
                secrets.split_first().map_or((String::new(), &[][..]), |(first, more)| (first.clone(), more));
            let stripe = Stripe::new(processor, bank, first, *mode);
            Box::new(more.iter().fold(stripe, Stripe::also_signed_with))
        }
        Provider::Sandbox { processor } => Box::new(Sandbox::new(processor)),
    };
    let headers: Vec<(&str, &str)> =
        webhook.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    text_of(&ledger.ingest_webhook(provider.as_ref(), &ledger_core::Webhook { headers: &headers, body })?)
}

/// What is imported, and how.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    pub mapping: String,
    #[serde(default)]
    pub mode: ImportMode,
}

/// What is exported.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    Format(ExportFormat),
    Donor(DonorId),
}

/// What needs no ledger that is open.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Management {
    Backup {
        folder: PathBuf,
        to: PathBuf,
    },
    BackupKeys {
        folder: PathBuf,
        to_file: PathBuf,
    },
    Restore {
        backup: PathBuf,
        keys: PathBuf,
        to: PathBuf,
    },
    Drill {
        backup: PathBuf,
        keys: PathBuf,
        beside: PathBuf,
    },
    Doctor {
        folder: PathBuf,
    },
    Repair {
        folder: PathBuf,
    },
    Follow {
        source: PathBuf,
        copy: PathBuf,
    },
    Promote {
        copy: PathBuf,
        #[serde(default)]
        options: Settings,
    },
    Split {
        total: u64,
        weights: Vec<u64>,
    },
    MinorDigits {
        currency: Currency,
    },
    #[cfg(feature = "testkit")]
    Clock {
        at: ledger_core::Timestamp,
    },
    /// Lets something happen to the ledger in a folder.
    #[cfg(feature = "testkit")]
    Mishap {
        folder: PathBuf,
        what: ledger_core::testkit::Mishap,
    },
    /// Lets a ledger go without closing it, as the end of a process does.
    #[cfg(feature = "testkit")]
    Abandon {
        ledger: crate::LedgerHandle,
    },
}

/// Does it.
pub fn manage(management: &Management) -> Result<String, Refused> {
    match management {
        Management::Backup { folder, to } => text_of(&ledger_core::backup(folder, to)?),
        Management::BackupKeys { folder, to_file } => text_of(&ledger_core::backup_keys(folder, to_file)?),
        Management::Restore { backup, keys, to } => text_of(&ledger_core::restore(backup, keys, to)?),
        Management::Drill { backup, keys, beside } => text_of(&ledger_core::drill(backup, keys, beside)?),
        Management::Doctor { folder } => text_of(&ledger_core::doctor(folder)?),
        Management::Repair { folder } => text_of(&ledger_core::repair(folder)?),
        Management::Follow { source, copy } => text_of(&Follower::open(source, copy)?.step()?),
        Management::Promote { copy, options } => {
            let promoted = Follower::promote(copy, options.clone().into())?;
            let epoch = promoted.epoch()?;
            promoted.close()?;
            text_of(&json!({ "epoch": epoch }))
        }
        Management::Split { total, weights } => text_of(&ledger_core::split(*total, weights)),
        Management::MinorDigits { currency } => text_of(&currency.minor_digits()),
        #[cfg(feature = "testkit")]
        Management::Clock { at } => {
            ledger_core::testkit::set_clock(*at);
            text_of(&Value::Null)
        }
        #[cfg(feature = "testkit")]
        Management::Mishap { folder, what } => {
            let happened = what.happen(folder, &ledger_core::testkit::faults());
            text_of(&happened.err().map(|error| error.to_string()))
        }
        #[cfg(feature = "testkit")]
        Management::Abandon { ledger } => {
            drop(crate::handles::remove(*ledger));
            text_of(&Value::Null)
        }
    }
}
