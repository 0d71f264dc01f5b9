//! What an import left in the books, in a form that compares.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ledger_core::{AccountBalance, Ledger, Totals};

use crate::plain_csv::Figures;

/// Everything that a second import must not change.
#[derive(Debug, PartialEq, Eq)]
pub struct Books {
    /// By external id.
    pub donors: BTreeMap<String, Figures>,
    /// By external id.
    pub causes: BTreeMap<String, Figures>,
    /// Of all accounts.
    pub balances: Vec<AccountBalance>,
}

impl Books {
    /// The books as they are now.
    pub fn of(ledger: &Ledger) -> Self {
        let figures = |totals: &Totals| {
            assert_eq!((totals.disputed_minor, totals.fees_minor, totals.pending_minor), (0, 0, 0));
            let figures = Figures {
                gross: totals.gross_minor,
                refunded: totals.refunded_minor,
                adjusted: totals.adjusted_minor,
                gifts: u64::try_from(totals.donations).expect("nothing was taken back"),
            };
            assert_eq!(totals.net_minor(), figures.net(), "net is made of the others");
            figures
        };
        let (mut donors, mut causes) = (BTreeMap::new(), BTreeMap::new());
        let mut after = None;
        loop {
            let page = ledger.donors(after, 10_000).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for donor in page {
                assert!(donor.totals.len() <= 1, "one currency");
                let id = donor.profile.external_id.expect("an imported donor has its id");
                let known = donors.insert(id, donor.totals.first().map(figures).unwrap_or_default());
                assert_eq!(known, None, "each donor is there once");
            }
        }
        for cause in ledger.causes(None, 10_000).unwrap() {
            causes.insert(cause.details.external_id.expect("an id"), figures(&cause.totals));
        }
        let balances = ledger.trial_balance().unwrap().balances;
        Self { donors, causes, balances }
    }

    /// By how much each donor's net rose since.
    pub fn gains(&self, before: &Self) -> BTreeMap<String, i128> {
        let gain = |(id, figures): (&String, &Figures)| {
            (id.clone(), figures.net() - before.donors.get(id).map_or(0, Figures::net))
        };
        self.donors.iter().map(gain).collect()
    }
}

/// All bytes below a folder, by path.
pub fn bytes_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.clone(), std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
