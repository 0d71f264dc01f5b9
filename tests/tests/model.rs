//! Random sequences of every command, in memory and on disk, against the naive model: results, error codes,
//! balances, totals, histories, keys and lookups after every step, and a clean audit.
//!
//! `PROPTEST_CASES` sets how many sequences; `REHEARSAL_TRACE=1` prints the steps of a failing one.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use ledger_core::{
    Amount, BookMode, CauseDetails, CauseId, Command, Currency, Designation, Donate, DonorId, FeeBearer,
    Method, OpenCause, Refund, RefundScope, RegisterDonor, Visibility,
};
use ledger_tests::cases::cases;
use ledger_tests::rehearsal::{Action, Audits, Place, Rehearsal, draw};
use proptest::prelude::*;

fn folder() -> Place {
    Place::Folder(tempfile::tempdir().expect("a folder"))
}

/// A donor and two causes, so that short sequences move money too.
fn begin(place: Place, audits: Audits, mode: BookMode) -> (Rehearsal, DonorId, [CauseId; 2]) {
    let mut rehearsal = Rehearsal::new(place, audits, mode);
    let currency: Currency = "EUR".parse().expect("a currency");
    let details = CauseDetails { name: "Water".to_owned(), ..CauseDetails::default() };
    let open = Command::OpenCause(OpenCause { key: None, currency, details });
    rehearsal.play(Action::Ask(vec![Command::RegisterDonor(RegisterDonor::default()), open.clone(), open]));
    let causes = [rehearsal.model().causes[0].id, rehearsal.model().causes[1].id];
    let donor = rehearsal.model().donors[0].id;
    (rehearsal, donor, causes)
}

/// Whose books these are is drawn from the first seed.
fn play_all(place: Place, audits: Audits, seeds: &[u64]) {
    let mode = if seeds[0].is_multiple_of(2) { BookMode::Agency } else { BookMode::Principal };
    let (mut rehearsal, ..) = begin(place, audits, mode);
    for seed in seeds {
        rehearsal.step(*seed);
    }
    rehearsal.end();
}

fn seeds() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(any::<u64>(), 1..=40)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn in_memory_every_step_is_as_the_model_says(seeds in seeds()) {
        play_all(Place::Memory, Audits::EveryStep, &seeds);
    }

    #[test]
    fn on_disk_every_step_is_as_the_model_says(seeds in seeds()) {
        play_all(folder(), Audits::EveryStep, &seeds);
    }

    #[test]
    fn a_reader_beside_the_writer_says_what_the_model_says(seeds in seeds()) {
        let (mut rehearsal, ..) = begin(folder(), Audits::AtOpening, BookMode::Agency);
        rehearsal.read_beside();
        for seed in seeds {
            rehearsal.step(seed);
        }
        rehearsal.end();
    }

    #[test]
    fn on_disk_between_checkpoints_every_step_is_as_the_model_says(seeds in seeds()) {
        play_all(folder(), Audits::AtOpening, &seeds);
    }
}

fn gift(number: usize, donor: DonorId, causes: &[CauseId]) -> Command {
    let currency: Currency = "EUR".parse().expect("a currency");
    let amount = |minor| Amount::from_minor(minor, currency).expect("positive");
    let designations =
        causes.iter().zip([100, 7]).map(|(&cause, minor)| Designation { cause, amount: amount(minor) });
    Command::Donate(Donate {
        key: format!("gift {number}"),
        donor,
        designations: designations.collect(),
        tip: Some(amount(3)),
        fee: Some(amount(4)),
        fee_bearer: FeeBearer::Causes,
        method: Method::Imported,
        occurred_on: None,
        visibility: Visibility::Public,
        memo: Some("m".repeat(900)),
    })
}

fn play_long(place: Place) {
    let (mut rehearsal, donor, causes) = begin(place, Audits::AtOpening, BookMode::Agency);
    let mut gifts =
        (0..200).map(|number| gift(number, donor, if number % 3 == 0 { &causes } else { &causes[..1] }));
    for length in [1, 61, 1, 1, 1, 63, 72] {
        rehearsal.hurry(Action::Ask(gifts.by_ref().take(length).collect()));
        rehearsal.play(if length == 63 { Action::Kill } else { Action::Close });
    }
    assert!(rehearsal.ledger().stats().expect("a read").journal_bytes > 3 << 16, "fewer than three segments");
    rehearsal.end();
}

#[test]
fn histories_of_many_chunks_and_segments_are_whole_by_every_page_size() {
    play_long(Place::Memory);
    play_long(folder());
}

#[test]
fn any_mix_of_refunds_ends_at_exactly_zero() {
    let (mut rehearsal, donor, causes) = begin(Place::Memory, Audits::EveryStep, BookMode::Principal);
    rehearsal.play(Action::Ask(vec![gift(0, donor, &causes)]));
    let donation = rehearsal.model().gifts[0].id;
    let currency: Currency = "EUR".parse().expect("a currency");
    let amount = |minor| Amount::from_minor(minor, currency).expect("positive");
    let of_cause = |place: usize, minor| RefundScope::Causes {
        from: vec![Designation { cause: causes[place], amount: amount(minor) }],
    };
    let some = |minor| RefundScope::Proportional { amount: amount(minor) };
    let scopes = [
        some(7),
        of_cause(1, 3),
        some(1),
        some(50),
        of_cause(0, 40),
        some(5),
        some(5),
        RefundScope::Everything,
    ];
    for (number, scope) in scopes.into_iter().enumerate() {
        let (key, occurred_on, memo) = (format!("refund {number}"), None, None);
        rehearsal.play(Action::Ask(vec![Command::Refund(Refund {
            key,
            donation,
            scope,
            occurred_on,
            memo,
        })]));
    }
    assert_eq!(rehearsal.model().gifts[0].rest(), 0);
    assert!(rehearsal.model().causes.iter().all(|cause| cause.sums.gross == cause.sums.refunded));
    rehearsal.end();
}

/// Sequences that never met a rule would prove nothing about it.
#[test]
fn random_sequences_meet_every_rule() {
    let mut missing: BTreeSet<&str> = BTreeSet::from([
        "1001",
        "1002",
        "1006",
        "1009",
        "1010",
        "1011",
        "1012",
        "1013",
        "1014",
        "1015",
        "1016",
        "1017",
        "1018",
        "1019",
        "1020",
        "1021",
        "1022",
        "2001",
        "2002",
        "2003",
        "3001",
        "3002",
        "3003",
        "3004",
        "3005",
        "3006",
        "3007",
        "3008",
        "3009",
        "3012",
        "3013",
        "2005",
        "3014",
        "3015",
        "3016",
        "3017",
        "3018",
        "3019",
        "3020",
        "3021",
        "fresh",
        "replayed",
        "nothing new",
    ]);
    for run in 0..100 {
        let (mut rehearsal, ..) = begin(Place::Memory, Audits::AtOpening, BookMode::Agency);
        for seed in 0..40 {
            rehearsal.hurry(draw(run * 1000 + seed, rehearsal.model()));
        }
        missing.retain(|word| !rehearsal.verdicts().contains_key(*word));
    }
    assert_eq!(missing, BTreeSet::new());
}
