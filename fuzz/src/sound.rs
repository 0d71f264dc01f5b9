//! What a sound book answers.

use ledger_core::{
    AsOf, Delivery, ExportFormat, Ledger, LedgerError, Order, PageRequest, Period, StatementOf,
};

use crate::known::Known;

/// The audit finds no difference, and debits equal credits in every currency.
pub fn assert_sound(ledger: &Ledger) {
    let report = ledger.audit().expect("an audit of a sound book");
    assert_eq!(report.difference, None);
    for sum in ledger.trial_balance().expect("a trial balance").sums {
        assert_eq!(sum.debits_minor, sum.credits_minor, "debits and credits in {}", sum.currency);
    }
}

/// Every repeat of a command that made a record under a key gets the answer of then, and makes none.
pub fn assert_replayed(ledger: &Ledger, known: &Known) {
    let seq = seq_of(ledger);
    for (command, first) in known.committed.iter().filter(|(command, _)| command.claims_key()) {
        let again = ledger.submit(command.clone()).expect("a repeat");
        assert_eq!(again.delivery, Delivery::Replayed, "of {command:?}");
        assert_eq!((again.seq, &again.events, &again.balances), (first.seq, &first.events, &first.balances));
    }
    assert_eq!(seq_of(ledger), seq, "repeats make no records");
}

/// The last record.
pub fn seq_of(ledger: &Ledger) -> u64 {
    ledger.stats().expect("a read").seq
}

/// Reads whatever can be read, to its end. Fails with the first read that fails.
pub fn read_all(ledger: &Ledger) -> Result<(), LedgerError> {
    let page = PageRequest { order: Order::OldestFirst, cursor: None, lines_max: 1_000 };
    let (first, last) = ("1900-01-01".parse().expect("a day"), "9999-12-31".parse().expect("a day"));
    for donor in ledger.donors(None, 1_000)? {
        ledger.donor_history(donor.id, &page)?;
        for totals in donor.totals {
            let of = StatementOf::Donor { donor: donor.id, currency: totals.currency };
            ledger.statement(&of, first, last)?;
        }
    }
    for cause in ledger.causes(None, 1_000)? {
        ledger.cause_history(cause.id, &page)?;
        ledger.public_gifts(cause.id, &page)?;
        ledger.statement(&StatementOf::Cause(cause.id), first, last)?;
    }
    let seq = ledger.stats()?.seq;
    for account in ledger.trial_balance()?.balances {
        ledger.account_history(&account.account, &page)?;
        ledger.balance_as_of(&account.account, AsOf::Record(seq / 2))?;
    }
    ledger.trial_balance_as_of(AsOf::Day("2026-06-01".parse().expect("a day")))?;
    ledger.balance_sheets(last)?;
    ledger.totals_by(Period::Month)?;
    ledger.totals_by(Period::Year)?;
    for format in [ExportFormat::Hledger, ExportFormat::Beancount, ExportFormat::Csv, ExportFormat::JsonLines]
    {
        ledger.export(format, &mut std::io::sink())?;
    }
    Ok(())
}
