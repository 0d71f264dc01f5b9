//! The budget of rows: what one checkpoint of 50,000 records writes to sled, per gift. Rows are what sled's
//! time goes to, so a row more per gift is a change that must be meant.

use crate::*;

/// Rows that differ from nothing, per gift, after so many gifts.
fn rows_per_gift(ledger: &Ledger, gifts: u32) -> f64 {
    let mut rows = 0_u32;
    ledger.for_each_row(&mut || rows += 1).unwrap();
    f64::from(rows) / f64::from(gifts)
}

fn take_over(number: u32, donor: u32, cause: u32) -> Command {
    let currency: Currency = "USD".parse().unwrap();
    Command::TakeOver(TakeOver {
        key: format!("row-{number}"),
        recorded_as: RecordedAs::Gift,
        donor_external_id: format!("donor {donor}"),
        donor_kind: DonorKind::Person,
        donor_name: None,
        cause_external_id: format!("C{cause}"),
        cause_name: None,
        currency,
        amount: Amount::from_minor(2_700, currency).ok(),
        occurred_on: None,
        memo: None,
    })
}

/// Spreads numbers evenly, the same ones every time.
fn scattered(number: u32, below: u32) -> u32 {
    (number.wrapping_mul(2_654_435_761) >> 8) % below
}

const GIFTS: u32 = 50_000;

fn submit(ledger: &Ledger, commands: impl Iterator<Item = Command>) {
    let commands: Vec<Command> = commands.collect();
    for group in commands.chunks(1_000) {
        assert!(ledger.submit_all(group.to_vec()).unwrap().iter().all(Result::is_ok));
    }
}

/// 10,000 donors and 100 causes that are known already, chosen evenly.
#[test]
fn uniform_gifts_take_at_most_0_3_rows() {
    let ledger = Ledger::in_memory(Options::new()).unwrap();
    submit(&ledger, (0..10_000).map(|donor| take_over(donor, donor, donor % 100)));
    let before = rows_per_gift(&ledger, 1);
    submit(&ledger, (0..GIFTS).map(|gift| take_over(10_000 + gift, scattered(gift, 10_000), gift % 100)));
    // Lookups of donors and causes, and what the first gifts filled, are not written again.
    let lookups = 10_000.0 + 100.0;
    let touched_again = 10_000.0 + 100.0 * 2.0 + 2.0;
    let written = rows_per_gift(&ledger, 1) - before + touched_again;
    let per_gift = written / f64::from(GIFTS);
    assert!(before > lookups, "{before} rows before");
    assert!((0.2..=0.3).contains(&per_gift), "{per_gift} rows a gift");
}

/// The order of the federal record: a new donor every 2.2 gifts, five causes.
#[test]
fn gifts_of_new_donors_take_at_most_1_5_rows() {
    let ledger = Ledger::in_memory(Options::new()).unwrap();
    let donor = |gift: u32| if scattered(gift, 22) < 10 { gift } else { scattered(gift, gift + 1) };
    submit(&ledger, (0..GIFTS).map(|gift| take_over(gift, donor(gift), gift % 5)));
    let per_gift = rows_per_gift(&ledger, GIFTS);
    assert!((0.9..=1.5).contains(&per_gift), "{per_gift} rows a gift");
}
