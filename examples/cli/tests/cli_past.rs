//! The past as an operator asks for it: balances as of a day or a record, statements, totals, the balance sheet.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;

use serde_json::{Value, json};

use books::{Books, small_books};

/// A gift of 25.00 to two causes on the last of January, and 4.00 back of one today.
fn net_of_bank(books: &Books, args: &[&str]) -> Vec<Value> {
    let balances = books.json(&[&["balances"], args].concat());
    let all = balances["balances"].as_array().unwrap().clone();
    all.into_iter()
        .filter(|each| each["account"] == "assets:bank:main")
        .map(|each| each["net"].clone())
        .collect()
}

#[test]
fn balances_are_of_a_day_or_of_a_record() {
    let (books, ..) = small_books();
    assert_eq!(net_of_bank(&books, &[]), ["21.50"]);
    assert_eq!(net_of_bank(&books, &["--at", "2026-01-31"]), ["25.50"]);
    assert_eq!(net_of_bank(&books, &["--at", "2026-01-30"]), Vec::<Value>::new());
    assert_eq!(net_of_bank(&books, &["--at-seq", "4"]), ["25.50"]);
    assert_eq!(net_of_bank(&books, &["--at-seq", "3"]), Vec::<Value>::new());
    assert!(books.bad(&["balances", "--at-seq", "99"]).starts_with("error 1026: "));
    assert!(books.bad(&["balances", "--at", "2026-02-30"]).starts_with("error 1008: "));
    let table = books.good(&["balances", "--at", "2026-01-31"]);
    assert!(
        table.contains("assets:bank:main") && table.ends_with("at the end of 2026-01-31, as of record 5\n"),
        "{table}"
    );
}

#[test]
fn a_statement_opens_where_the_one_before_closed() {
    let (books, donation, _) = small_books();
    let of = |args: &[&str], from: &str, to: &str| {
        books.json(&[&["statement"], args, &["--from", from, "--to", to]].concat())
    };
    let january = of(&["--cause", "water"], "2026-01-01", "2026-01-31");
    assert_eq!((&january["opening"], &january["closing"]), (&json!("0.00"), &json!("19.62")));
    assert_eq!(january["lines"][0]["what"]["donation"], json!(donation));
    assert_eq!(
        (&january["lines"][0]["change"], &january["lines"][0]["what"]["amount"]["amount"]),
        (&json!("19.62"), &json!("20.00"))
    );
    let later = of(&["--cause", "water"], "2026-02-01", "2099-12-31");
    assert_eq!((&later["opening"], &later["closing"]), (&json!("19.62"), &json!("15.62")));
    let of_ada = of(&["--donor", "u-1"], "2026-01-01", "2099-12-31");
    assert_eq!((&of_ada["currency"], &of_ada["closing"]), (&json!("EUR"), &json!("22.00")));
    let of_bank = of(&["--account", "assets:bank:main"], "2026-01-01", "2026-01-31");
    assert_eq!(of_bank["closing"], json!("25.50"));
    let table = books.good(&["statement", "--cause", "water", "--from", "2026-01-01", "--to", "2026-01-31"]);
    assert!(table.contains("opening") && table.contains("Donation") && table.contains("closing"), "{table}");
    let reversed = ["statement", "--cause", "water", "--from", "2026-02-01", "--to", "2026-01-31"];
    assert!(books.bad(&reversed).starts_with("error 1017: "));
}

#[test]
fn totals_by_period_have_all_their_fields() {
    let (books, ..) = small_books();
    let months = books.json(&["totals", "--by", "month"]);
    assert_eq!(
        months[0],
        json!({
            "period": "2026-01", "totals": {
                "currency": "EUR", "gross": "25.00", "refunded": "0.00", "disputed": "0.00", "fees": "0.48",
                "adjusted": "0.00", "pending": "0.00", "paid_out": "0.00", "written_off": "0.00", "net": "24.52",
                "raised": "25.00", "held": "24.52", "donations": 1
            }
        })
    );
    let years = books.json(&["totals", "--by", "year"]);
    assert_eq!((&years[0]["period"], &years[0]["totals"]["gross"]), (&json!("2026"), &json!("25.00")));
    assert!(books.good(&["totals", "--by", "year"]).contains("2026"));
}

#[test]
fn a_sheet_balances() {
    let (books, ..) = small_books();
    let sheet = &books.json(&["sheet", "--at", "2026-01-31"])[0];
    let sums = ["assets", "liabilities", "net_assets", "result"]
        .map(|name| sheet[name].as_str().unwrap().to_owned());
    assert_eq!(sums, ["25.50", "24.52", "0.00", "0.98"]);
    assert!(books.good(&["sheet", "--at", "2026-01-31"]).contains("liabilities"));
}

#[test]
fn what_is_read_names_what_happened_and_whose_books_these_are() {
    let (books, donation, refund) = small_books();
    assert_eq!(books.json(&["stats"])["mode"], "agency");
    assert!(books.good(&["stats"]).starts_with("agency books led_"));
    assert!(books.good(&["status", "order-1"]).contains(&format!("donation_captured {donation}\n")));
    let changes = books.good(&["changes"]);
    assert!(changes.contains("  donor_registered don_"), "{changes}");
    assert!(changes.contains(&format!("  donation_refunded {refund}  key refund-1\n")), "{changes}");
}

#[test]
fn money_moves_between_causes_and_periods_close() {
    let (books, ..) = small_books();
    let moved = ["reallocate", "--from", "water", "--to", "school", "--amount", "2.00", "--key", "move-1"];
    let committed = books.json(&[&moved[..], &["--on", "2026-02-01"]].concat());
    assert!(committed["id"].as_str().unwrap().starts_with("rea_"));
    let close = ["period", "close", "--through", "2026-02-28", "--key", "close-1"];
    let closed = books.json(&close);
    assert_eq!(closed["id"], "closed through 2026-02-28");
    assert_eq!(closed["balances"][0]["account"], "income:platform:tips");
    let again = ["reallocate", "--from", "water", "--to", "school", "--amount", "2.00", "--key", "move-2"];
    let late = [&again[..], &["--on", "2026-02-28"]].concat();
    assert!(books.bad(&late).starts_with("error 3012: "));
    books.good(&[&late[..], &["--adjusting"]].concat());
    assert_eq!(books.json(&["sheet", "--at", "2026-02-28"])[0]["net_assets"], "0.98");
    assert!(
        books.bad(&["period", "close", "--through", "2999-12-31", "--key", "k"]).starts_with("error 3013: ")
    );
}

fn correct<'a>(what: &'a str, how: &[&'a str]) -> Vec<&'a str> {
    [&["correct", what], how].concat()
}

#[test]
fn a_wrong_entry_is_taken_back_and_the_right_one_takes_its_place() {
    let (books, donation, refund) = small_books();
    let to = correct(&donation, &["--to", "water=15.00", "--fee", "0.50", "--key", "fix-1"]);
    assert!(books.bad(&to).starts_with("error 3016: "), "its refund goes first");
    let nothing = ["--nothing", "never-happened", "--key", "fix-2"];
    assert!(books.good(&correct(&refund, &nothing)).starts_with("rev_"));
    let right = books.json(&to);
    let id = right["id"].as_str().unwrap();
    assert!(id.starts_with("gft_") && id != donation);
    assert_eq!(right["events"][0]["reversed"]["record"], 4);
    // All but the causes is as it was entered.
    let january = books.json(&["totals", "--by", "month"]);
    assert_eq!((&january[0]["period"], &january[0]["totals"]["gross"]), (&json!("2026-01"), &json!("15.00")));
    assert_eq!(
        (&january[0]["totals"]["fees"], &january[0]["totals"]["donations"]),
        (&json!("0.47"), &json!(1))
    );
    assert_eq!(net_of_bank(&books, &[]), ["15.50"]);
    let history = books.good(&["history", "--cause", "water"]);
    assert!(history.contains("Reversal") && history.contains(&donation) && history.contains(id), "{history}");
    let feed = books.good(&["changes"]);
    assert!(feed.contains("  reversed rev_"), "{feed}");
    assert!(books.bad(&correct(&donation, &nothing)).starts_with("error 3001: "));
    let again = correct(&donation, &["--nothing", "entered-twice", "--key", "fix-3"]);
    assert!(books.bad(&again).starts_with("error 3015: "));
    let unclear: [&[&str]; 5] =
        [&[], &["--to", "water=15.00"], &["--fee", "0.50"], &["--tip", "1.00"], &["--bank", "main"]];
    for said in unclear {
        let output = books.run(&correct(id, &[said, &["--key", "fix-4"]].concat()));
        assert_eq!(
            output.status.code(),
            Some(2),
            "{said:?}: it must say what is right, and what becomes of the fee"
        );
    }
    let of_reversal = right["events"][0]["reversed"]["reversal"].as_str().unwrap();
    assert_eq!(books.run(&correct(of_reversal, &nothing)).status.code(), Some(2));
    // The day alone was wrong: it leaves the one and comes on the other.
    books.good(&correct(id, &["--on", "2026-02-01", "--key", "fix-5"]));
    assert_eq!(net_of_bank(&books, &["--at", "2026-01-31"]), ["0.00"]);
    assert_eq!(net_of_bank(&books, &["--at", "2026-02-01"]), ["15.50"]);
    // Another donor has other words: those of the first stay hers.
    books.good(&["donor", "add", "--name", "Ben", "--external-id", "u-9"]);
    let hers = books.json(&[
        "donate",
        "--donor",
        "u-1",
        "--to",
        "school=2.00",
        "--key",
        "o-9",
        "--memo",
        "for Carl",
    ]);
    let to_ben = correct(hers["id"].as_str().unwrap(), &["--donor", "u-9", "--key", "fix-9"]);
    books.good(&to_ben);
    assert!(!books.good(&["donor", "export", "u-9"]).contains("Carl"));
    assert!(books.good(&["donor", "export", "u-1"]).contains("Carl"));
    books.good(&["donor", "erase", "u-1", "--reason", "requested", "--yes"]);
    assert!(books.good(&to_ben).contains("Replayed"), "also when the words are gone");
    books.good(&["verify"]);
}

#[test]
fn a_tip_and_a_fee_can_be_taken_away() {
    let (books, donation, refund) = small_books();
    books.good(&["correct", &refund, "--nothing", "never-happened", "--key", "fix-0"]);
    books.good(&correct(&donation, &["--on", "2026-02-01", "--key", "fix-1"]));
    // No tip and no fee after all, and its last correction names the record that it took back.
    let last = books.json(&["history", "--cause", "water", "--limit", "1"]);
    let last = last["lines"][0]["donation"].as_str().unwrap().to_owned();
    let bare = ["--tip", "0", "--fee", "0", "--visibility", "anonymous", "--key", "fix-6"];
    books.good(&correct(&last, &bare));
    assert_eq!(net_of_bank(&books, &[]), ["25.00"]);
    books.good(&["verify"]);
}

#[test]
fn two_donors_become_one_and_two_again() {
    let (books, ..) = small_books();
    let guest = books.json(&["donor", "add", "--name", "A. L.", "--external-id", "u-2"]);
    let guest = guest["id"].as_str().unwrap().to_owned();
    books.good(&["donate", "--donor", "u-2", "--to", "water=3.00", "--key", "order-2"]);
    let dry = books.json(&["donor", "merge", "u-1", "u-2", "--dry-run"]);
    assert_eq!((&dry["profile"]["name"], &dry["totals"][0]["gross"]), (&json!("Ada"), &json!("29.00")));
    assert_eq!((&dry["merged"], &dry["history_lines"]), (&json!([guest]), &json!(6)));
    assert!(books.good(&["donor", "merge", "u-1", "u-2", "--dry-run"]).contains("EUR gross 29.00 net 25.00"));
    assert_eq!(books.json(&["donors"]).as_array().unwrap().len(), 2, "nothing was written");
    let merge = ["donor", "merge", "u-1", "u-2", "--key", "merge-1"];
    books.good(&merge);
    assert!(books.good(&merge).contains("Replayed"));
    let donors = books.json(&["donors"]);
    assert_eq!(donors.as_array().unwrap().len(), 1);
    assert_eq!((&donors[0]["name"], &donors[0]["net"]), (&json!("Ada"), &json!("25.00")));
    // By whatever name, the gift is of the very id that was meant.
    books.good(&["donate", "--donor", "u-2", "--to", "water=1.00", "--key", "order-3"]);
    books.good(&["donate", "--donor", &guest, "--to", "water=2.00", "--key", "order-4"]);
    let by_either = ["u-1", &guest].map(|who| books.good(&["history", "--donor", who]));
    assert_eq!(by_either[0], by_either[1]);
    assert!(by_either[0].contains("DonorsMerged") && by_either[0].contains("DonorRegistered"));
    let held: Value = serde_json::from_str(&books.good(&["donor", "export", "u-2"])).unwrap();
    let names =
        held["history"].as_array().unwrap().iter().filter_map(|line| line["profile"]["name"].as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Ada", "A. L."], "both profiles are held about one person");
    assert!(books.bad(&["donor", "merge", "u-1", "u-2"]).starts_with("error 3019: "));
    let once_more = books.bad(&["donor", "erase", "u-2", "--reason", "requested"]);
    assert!(once_more.contains(&guest) && once_more.matches("don_").count() == 2, "{once_more}");
    books.good(&["donor", "merge", "--undo", "u-2"]);
    assert!(books.bad(&["donor", "merge", "--undo", &guest]).starts_with("error 3018: "));
    let donors = books.json(&["donors"]);
    assert_eq!((&donors[0]["net"], &donors[1]["net"]), (&json!("22.00"), &json!("6.00")));
}

#[test]
fn a_donor_is_erased_only_when_that_is_meant() {
    let (books, donation, _) = small_books();
    let erase = ["donor", "erase", "u-1", "--reason", "requested"];
    assert!(books.bad(&erase).contains("--yes"));
    assert_eq!(books.json(&["donors"])[0]["name"], "Ada");
    let held = || -> Value { serde_json::from_str(&books.good(&["donor", "export", "u-1"])).unwrap() };
    let before = held();
    assert_eq!(
        (&before["donor"]["profile"]["email"], &before["seq"]),
        (&json!("ada@example.org"), &json!(5))
    );
    assert_eq!(before["history"].as_array().unwrap().len(), 3);
    assert_eq!(before["history"][0]["profile"]["name"], "Ada");
    assert_eq!(before["history"][1]["key"], "order-1");
    let file = books.path("ada.json");
    books.good(&["donor", "export", "u-1", "--out", file.to_str().unwrap()]);
    assert_eq!(serde_json::from_slice::<Value>(&std::fs::read(file).unwrap()).unwrap(), before);
    let really = [&erase[..], &["--yes", "--key", "erasure-1"]].concat();
    let erased = books.json(&really);
    let id = erased["events"][0]["donor_erased"]["donor"].as_str().unwrap();
    assert_eq!(erased["id"], format!("erased {id}"));
    assert!(books.good(&really).contains("Replayed"), "a repeat, although u-1 finds nobody");
    assert!(
        books.bad(&["history", "--donor", "u-1"]).starts_with("error 2001: "),
        "not found by it any more"
    );
    let history = books.good(&["history", "--donor", id]);
    assert!(history.contains("DonorErased") && history.contains(&donation), "{history}");
    assert_eq!(books.json(&["donors"])[0]["net"], "22.00");
    let left = books.good(&["donor", "export", id]);
    assert!(left.contains("\"amount\"") && !left.to_lowercase().contains("ada"), "{left}");
    books.good(&["verify"]);
}
