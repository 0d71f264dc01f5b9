//! The end of a life that nothing interrupted: the judge of every life that was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicI64;

use ledger_core::{
    Change, DisputeOpened, Event, GiftSetAside, KeyStatus, Ledger, LedgerError, Notice, ObjectAttached,
    RefundLearned, UnidentifiedReceived,
};

use super::app::Told;
use super::{MAILER, SANDBOX, live};
use crate::dump_text::dump_text;

/// Records, notices and lines are fewer than this.
const MANY: u32 = 10_000;

/// What a ledger was told and answers at the end.
pub struct End {
    /// What the app was told, in order.
    pub told: Vec<Told>,
    /// Every record.
    pub changes: Vec<Change>,
    /// The last record of each group.
    groups: BTreeSet<u64>,
    statuses: BTreeMap<String, KeyStatus>,
    notices: Vec<Notice>,
    shown: String,
}

impl End {
    /// Plays a life that nothing interrupts, and gives its end. Says what the app was told after each call.
    pub fn play(ledger: &Ledger, clock: &AtomicI64, each: &mut dyn FnMut(&Told)) -> Result<Self, String> {
        let (mut told, mut groups) = (Vec::new(), BTreeSet::new());
        live(ledger, clock, &mut |now| {
            groups.insert(ledger.stats().map_or(0, |stats| stats.seq));
            each(&now);
            told.push(now);
        })?;
        Self::of(ledger, told, groups).map_err(|error| error.to_string())
    }

    fn of(ledger: &Ledger, told: Vec<Told>, groups: BTreeSet<u64>) -> Result<Self, LedgerError> {
        let keys = told.iter().filter_map(|told| told.key.clone());
        let statuses = keys.map(|key| ledger.status(&key).map(|status| (key, status)));
        let statuses = statuses.collect::<Result<_, _>>()?;
        let changes = ledger.changes(0, MANY)?;
        let notices = ledger.notices_after(0, MANY)?.notices;
        Ok(Self { told, changes, groups, statuses, notices, shown: shown(ledger)? })
    }

    /// Everything that was acknowledged before a crash is there, and nothing by halves. Gives the last record.
    pub fn check_kept(&self, ledger: &Ledger, acknowledged: &[Told]) -> Result<u64, String> {
        let changes = ledger.changes(0, MANY).map_err(|error| format!("changes: {error}"))?;
        let found = changes.last().map_or(0, |change| change.seq);
        holds(self.changes.starts_with(&changes), || {
            format!("other records than those written, up to {found}")
        })?;
        holds(found == 0 || self.groups.contains(&found), || format!("record {found} ends no group"))?;
        let page = ledger.next_notices(MAILER, MANY).map_err(|error| format!("notices: {error}"))?;
        for Told { seq, key } in acknowledged {
            holds(*seq <= found, || format!("record {seq} was acknowledged, {found} is the last"))?;
            let Some(key) = key else {
                let come_again = page.notices.iter().any(|notice| notice.seq <= *seq);
                holds(!come_again, || format!("notices up to {seq} were acknowledged, and come again"))?;
                continue;
            };
            let status = ledger.status(key).map_err(|error| format!("{key}: {error}"))?;
            holds(self.statuses.get(key) == Some(&status), || format!("{key}: now it is {status:?}"))?;
        }
        check_clean(ledger)?;
        Ok(found)
    }

    /// A life that was interrupted after a record, and then played again from the start, has come to the same end.
    pub fn check_same(
        &self,
        ledger: &Ledger,
        told: &[Told],
        sent: &BTreeSet<String>,
        found: u64,
    ) -> Result<(), String> {
        let differing = self.told.iter().zip(told).find(|(before, now)| before != now);
        holds(self.told == told, || format!("told again: {} calls, {differing:?}", told.len()))?;
        let before =
            self.changes.iter().filter(|change| change.seq <= found).flat_map(|change| &change.events);
        let acknowledged = before.filter_map(|event| match event {
            Event::NoticesAcknowledged(of) => Some(of.through),
            _ => None,
        });
        let through = acknowledged.max().unwrap_or(0);
        let unsent = self.notices.iter().find(|notice| notice.seq > through && !sent.contains(&notice.id()));
        holds(unsent.is_none(), || format!("no message was sent of {unsent:?}"))?;
        let shown = shown(ledger).map_err(|error| error.to_string())?;
        let differing = self.shown.lines().zip(shown.lines()).find(|(before, now)| before != now);
        holds(self.shown == shown, || format!("another end: {differing:#?}"))?;
        check_clean(ledger)
    }
}

fn holds(is_so: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(what()) }
}

fn check_clean(ledger: &Ledger) -> Result<(), String> {
    let audit = ledger.audit().map_err(|error| format!("audit: {error}"))?;
    holds(audit.difference.is_none(), || format!("audit: {:?}", audit.difference))?;
    holds(audit.records == audit.seq, || format!("audit: {} records of {}", audit.records, audit.seq))
}

/// All that the ledger answers, but for the root: what is sealed is sealed with other nonces after another opening.
fn shown(ledger: &Ledger) -> Result<String, LedgerError> {
    let dumped = dump_text(ledger, &[]);
    let mut lines: Vec<String> =
        dumped.lines().filter(|line| !line.starts_with("root ")).map(str::to_owned).collect();
    for change in ledger.changes(0, MANY)? {
        for event in &change.events {
            lines.extend(stands(ledger, event)?);
        }
        if let Some(key) = change.key {
            lines.push(format!("{key}: {:?}", ledger.status(&key)?));
        }
    }
    for cause in ledger.causes(None, MANY)? {
        lines.push(format!("{:?}", ledger.standing(cause.id)?));
    }
    lines.push(format!("open disputes {:?}", ledger.open_disputes()?));
    lines.push(format!("negative causes {:?}", ledger.negative_causes()?));
    lines.push(format!("unidentified {:?}", ledger.unidentified()?));
    lines.extend(ledger.notices_after(0, MANY)?.notices.iter().map(|notice| format!("{notice:?}")));
    lines.push(format!("notices for {MAILER} {:?}", ledger.next_notices(MAILER, MANY)?));
    Ok(lines.join("\n"))
}

/// Where that stands now which an event began.
fn stands(ledger: &Ledger, event: &Event) -> Result<Option<String>, LedgerError> {
    Ok(Some(match event {
        Event::DonationBegun { donation, .. } => format!("{:?}", ledger.gift_life(*donation)?),
        Event::PayoutProposed { payout, .. } => format!("{:?}", ledger.payout(*payout)?),
        Event::RefundRequested { refund, .. } | Event::RefundLearned(RefundLearned { refund, .. }) => {
            format!("{:?}", ledger.refund_under_way(*refund)?)
        }
        Event::DisputeOpened(DisputeOpened { dispute, .. }) => format!("{:?}", ledger.dispute(*dispute)?),
        Event::SettlementRecorded { settlement, .. } => {
            let lines = ledger.reconcile_settlement(*settlement, 0, MANY)?;
            format!("{:?} {lines:?}", ledger.settlement(*settlement)?)
        }
        Event::UnidentifiedReceived(UnidentifiedReceived { item, .. })
        | Event::GiftSetAside(GiftSetAside { item, .. }) => format!("{:?}", ledger.suspense(*item)?),
        Event::ObjectAttached(ObjectAttached { object, .. }) => {
            format!("{object} is {:?}", ledger.provider_object(SANDBOX, object)?)
        }
        _ => return Ok(None),
    }))
}
