//! Everything that a ledger answers, so that two ledgers, or one before and after, can be compared.

use ledger_core::{
    AccountLine, Cause, Change, Cursor, Donation, Donor, Event, HistoryLine, KeyStatus, Ledger, Order,
    PageRequest, TrialBalance,
};

/// All answers of a ledger at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Dump {
    /// Every donor.
    pub donors: Vec<Donor>,
    /// Every cause.
    pub causes: Vec<Cause>,
    /// Every donation.
    pub donations: Vec<Donation>,
    /// Every balance.
    pub trial_balance: TrialBalance,
    /// The histories of donors, then causes.
    pub histories: Vec<Vec<HistoryLine>>,
    /// The lines of every account, latest first.
    pub lines: Vec<Vec<AccountLine>>,
    /// The whole feed.
    pub changes: Vec<Change>,
    /// What became of each key.
    pub statuses: Vec<KeyStatus>,
    /// Donors, causes, donations and entries as counted.
    pub counts: [u64; 5],
}

const PAGE: u32 = 50;

fn paged<T>(mut page: impl FnMut(PageRequest) -> (Vec<T>, Option<Cursor>), order: Order) -> Vec<T> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let (lines, next) = page(PageRequest { order, cursor, lines_max: PAGE });
        all.extend(lines);
        cursor = next;
        if cursor.is_none() {
            return all;
        }
    }
}

/// Asks a ledger everything; `keys` are those whose status is asked, besides the keys in the feed.
pub fn dump(ledger: &Ledger, keys: &[String]) -> Dump {
    let donors = ledger.donors(None, 10_000).unwrap();
    let causes = ledger.causes(None, 10_000).unwrap();
    let changes = ledger.changes(0, 10_000).unwrap();
    let events = || changes.iter().flat_map(|change| &change.events);
    let donations = events().filter_map(|event| match event {
        Event::DonationCaptured { donation, .. } => Some(ledger.donation(*donation).unwrap().unwrap()),
        _ => None,
    });
    let donations = donations.collect();
    let trial_balance = ledger.trial_balance().unwrap();
    let of_donors = donors.iter().map(|donor| {
        let page = |request| {
            let page = ledger.donor_history(donor.id, &request).unwrap();
            (page.lines, page.next)
        };
        paged(page, Order::OldestFirst)
    });
    let of_causes = causes.iter().map(|cause| {
        let page = |request| {
            let page = ledger.cause_history(cause.id, &request).unwrap();
            (page.lines, page.next)
        };
        paged(page, Order::NewestFirst)
    });
    let histories = of_donors.chain(of_causes).collect();
    let lines = trial_balance.balances.iter().map(|of| {
        let page = |request| {
            let page = ledger.account_history(&of.account, &request).unwrap();
            (page.lines, page.next)
        };
        paged(page, Order::NewestFirst)
    });
    let lines = lines.collect();
    let in_feed = changes.iter().filter_map(|change| change.key.clone());
    let asked: Vec<String> = in_feed.chain(keys.iter().cloned()).collect();
    let statuses = asked.iter().map(|key| ledger.status(key).unwrap()).collect();
    let stats = ledger.stats().unwrap();
    let counts = [stats.seq, stats.donors, stats.causes, stats.donations, stats.entries];
    Dump { donors, causes, donations, trial_balance, histories, lines, changes, statuses, counts }
}

/// Audits a ledger and shows what differs, if anything.
pub fn assert_clean(ledger: &Ledger, when: &str) {
    let report = ledger.audit().unwrap_or_else(|error| panic!("{when}: {error}"));
    assert_eq!(report.difference, None, "{when}");
    assert_eq!(report.records, report.seq, "{when}: every record was looked at");
}
