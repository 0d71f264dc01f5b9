//! What is done with folders of ledgers (backups, restoring, examination, standbys), and with numbers.

use ledger_core::foreign::LedgerError;
use ledger_core::{BackupReport, Currency, Diagnosis, Followed, KeysReport, RestoreReport};
use parking_lot::Mutex;

/// Copies the ledger in a folder to another one, while it is written to or not; a later call adds what is new. Keys are
/// not copied: see `backup_keys`.
#[uniffi::export]
pub fn backup(folder: String, to: String) -> Result<BackupReport, LedgerError> {
    Ok(ledger_core::backup(folder, to)?)
}

/// Copies the keys of donors to a file, which belongs to another place than the backup.
#[uniffi::export]
pub fn backup_keys(folder: String, to_file: String) -> Result<KeysReport, LedgerError> {
    Ok(ledger_core::backup_keys(folder, to_file)?)
}

/// Makes a ledger of a backup and a copy of the keys, in a folder that is empty or not there, and audits it.
#[uniffi::export]
pub fn restore(backup: String, keys: String, to: String) -> Result<RestoreReport, LedgerError> {
    Ok(ledger_core::restore(backup, keys, to)?)
}

/// Does what `restore` does, and throws the ledger away: whether the backup would do.
#[uniffi::export]
pub fn drill(backup: String, keys: String, beside: String) -> Result<RestoreReport, LedgerError> {
    Ok(ledger_core::drill(backup, keys, beside)?)
}

/// Examines the folder of a ledger and changes nothing.
#[uniffi::export]
pub fn doctor(folder: String) -> Result<Diagnosis, LedgerError> {
    Ok(ledger_core::doctor(folder)?)
}

/// Makes again what can be made of a sound journal; how many records there are.
#[uniffi::export]
pub fn repair(folder: String) -> Result<u64, LedgerError> {
    Ok(ledger_core::repair(folder)?)
}

/// Divides a whole over weights, exactly: by largest remainder, ties to the earlier. Nothing where all weights are zero and
/// the whole is not.
#[uniffi::export]
pub fn split(total: u64, weights: Vec<u64>) -> Result<Option<Vec<u64>>, LedgerError> {
    Ok(ledger_core::split(total, &weights))
}

/// How many decimal digits a currency has: 0 for JPY, 2 for EUR, 3 for KWD.
#[uniffi::export]
pub fn minor_digits(currency: Currency) -> Result<u32, LedgerError> {
    Ok(currency.minor_digits())
}

/// A copy of a ledger in another folder, that is brought up to date step by step and can take over.
#[derive(uniffi::Object)]
pub struct Follower(Mutex<ledger_core::Follower>);

#[uniffi::export]
impl Follower {
    /// Follows the ledger in a folder with a copy in another one, which is made where there is none.
    #[uniffi::constructor]
    pub fn open(source: String, copy: String) -> Result<Self, LedgerError> {
        let opened: Result<_, ledger_core::LedgerError> = ledger_core::Follower::open(source, copy);
        Ok(Self(Mutex::new(opened?)))
    }

    /// Takes up what is new; how far the copy and the source have come.
    pub fn step(&self) -> Result<Followed, LedgerError> {
        Ok(self.0.lock().step()?)
    }

    /// Which writer wrote what the copy has, counted.
    pub fn epoch(&self) -> Result<u64, LedgerError> {
        Ok(self.0.lock().epoch())
    }
}
