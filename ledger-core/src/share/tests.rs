//! Cards of gifts and causes in every state, and what they must not tell.

mod book;

use proptest::prelude::*;

use self::book::{Book, LINK, currency, eur, texts};
use super::words::{legible, on_two_lines};
use crate::*;

#[test]
fn a_public_gift_names_donor_causes_and_amounts() {
    let book = Book::new();
    let (water, school) = (book.cause("Wells for Kitui"), book.cause("A school roof"));
    let ada = book.named("Ada Example");
    let to = [(school, eur("10.00")), (water, eur("20.00"))];
    let gift = Donate { tip: Some(eur("3.33")), ..book.gift(ada, Visibility::Public, &to) };
    let gift = book.ledger.donate(gift).unwrap().donation().unwrap();
    let card = book.card(gift);
    assert_eq!(card.title, "Ada Example gave 30.00 EUR");
    assert_eq!(card.text, "Ada Example gave 10.00 EUR to A school roof and 20.00 EUR to Wells for Kitui.");
    assert_eq!(card.link, LINK);
    let drawn = ["Ada Example", "30.00 EUR", "A school roof", "10.00 EUR", "Wells for Kitui", "20.00 EUR"];
    assert_eq!(texts(&card.svg), drawn);

    // What was given back of it was not given.
    book.refund(
        gift,
        RefundScope::Causes { from: vec![Designation { cause: school, amount: eur("10.00") }] },
    );
    let card = book.card(gift);
    assert_eq!(card.text, "Ada Example gave 20.00 EUR to Wells for Kitui.");
    assert_eq!(texts(&card.svg), ["Ada Example", "20.00 EUR", "to Wells for Kitui"]);
}

#[test]
fn a_gift_to_many_causes_names_some() {
    let book = Book::new();
    let to: Vec<_> = (1..=6).map(|n| (book.cause(&format!("Cause {n}")), eur("1.00"))).collect();
    let card = book.card(book.give(book.named("Ada"), Visibility::Anonymous, &to));
    assert_eq!(card.text, "Somebody gave to Cause 1, Cause 2, Cause 3 and 3 more.");
    assert_eq!(texts(&card.svg), ["An anonymous gift to", "Cause 1", "Cause 2", "Cause 3", "and 3 more"]);
}

#[test]
fn an_anonymous_gift_shows_its_causes_alone() {
    let book = Book::new();
    let (water, school) = (book.cause("Wells for Kitui"), book.cause("A school roof"));
    let profile = DonorProfile {
        name: Some("Ada Example".into()),
        email: Some("ada@example.net".into()),
        external_id: Some("member-1815".into()),
        location: Some("1 Hidden Lane".into()),
        ..DonorProfile::default()
    };
    let ada = RegisterDonor { profile, ..RegisterDonor::default() };
    let ada = book.ledger.register_donor(ada).unwrap().donor().unwrap();
    let gift = Donate {
        tip: Some(eur("6.66")),
        occurred_on: Some("2001-02-03".parse().unwrap()),
        memo: Some("for my mother".into()),
        ..book.gift(ada, Visibility::Anonymous, &[(water, eur("47.11")), (school, eur("3.89"))])
    };
    let gift = book.ledger.donate(gift).unwrap().donation().unwrap();
    let card = book.card(gift);
    assert_eq!(card.title, "An anonymous gift");
    assert_eq!(card.text, "Somebody gave to Wells for Kitui and A school roof.");
    assert_eq!(texts(&card.svg), ["An anonymous gift to", "Wells for Kitui", "A school roof"]);
    let (ada_id, gift_id) = (ada.to_string(), gift.to_string());
    let hidden = [
        "Ada",
        "Example",
        "ada@example.net",
        "member-1815",
        "Hidden",
        "mother",
        "EUR",
        "47",
        "3.89",
        "51.00",
        "6.66",
        "2001",
        "02-03",
        &ada_id,
        &gift_id,
    ];
    let shown = format!("{}\n{}\n{}", card.title, card.text, texts(&card.svg).join("\n"));
    for hidden in hidden {
        assert!(!shown.contains(hidden), "{hidden}");
    }
    // Figures of a picture are also places in it, so this looks for what is none.
    for hidden in
        ["Ada", "ada@", "member-", "Hidden", "mother", "EUR", "47.11", "2001-02-03", &ada_id, &gift_id]
    {
        assert!(!card.svg.contains(hidden), "{hidden}");
    }

    // Of another donor, other amounts, the other way round, half of it given back: the same card.
    let ben = book.named("Ben Example");
    let other = book.give(ben, Visibility::Anonymous, &[(school, eur("900.00")), (water, eur("1.00"))]);
    assert_eq!(book.card(other), card);
    book.refund(other, RefundScope::Proportional { amount: eur("450.00") });
    assert_eq!(book.card(other), card);
}

#[test]
fn a_public_gift_without_a_name_to_tell_has_none() {
    let book = Book::new();
    let water = book.cause("Water");
    let ada = book.named("Ada Example");
    let nameless = [
        ada,
        book.donor(DonorStanding::Guest, None),
        book.donor(DonorStanding::Anonymous, None),
        book.named("\u{202e}\u{200b}"),
    ];
    let gifts = nameless.map(|donor| book.give(donor, Visibility::Public, &[(water, eur("5.00"))]));
    assert_eq!(book.card(gifts[0]).title, "Ada Example gave 5.00 EUR");
    book.ledger.erase_donor(EraseDonor { key: None, donor: ada, reason: ErasureReason::Requested }).unwrap();
    for gift in gifts {
        let card = book.card(gift);
        assert_eq!(
            (card.title.as_str(), card.text.as_str()),
            ("A gift of 5.00 EUR", "Somebody gave 5.00 EUR to Water.")
        );
        assert_eq!(texts(&card.svg), ["A gift", "5.00 EUR", "to Water"]);
    }
}

#[test]
fn a_merged_donor_is_called_as_the_one_that_was_kept() {
    let book = Book::new();
    let water = book.cause("Water");
    let (kept, named, guest) =
        (book.named("Ada Known"), book.named("A. Example"), book.donor(DonorStanding::Guest, None));
    let give = |donor, visibility| book.give(donor, visibility, &[(water, eur("5.00"))]);
    let gifts = [
        give(named, Visibility::Public),
        give(guest, Visibility::Public),
        give(named, Visibility::Anonymous),
    ];
    let titles = || gifts.map(|gift| book.card(gift).title);
    assert_eq!(titles(), ["A. Example gave 5.00 EUR", "A gift of 5.00 EUR", "An anonymous gift"]);
    for gone in [named, guest] {
        book.ledger.merge_donors(MergeDonors { key: None, keep: kept, gone }).unwrap();
    }
    // A merge makes no gift a named one.
    assert_eq!(titles(), ["Ada Known gave 5.00 EUR", "A gift of 5.00 EUR", "An anonymous gift"]);
    book.ledger.undo_merge(UndoMerge { key: None, gone: named }).unwrap();
    assert_eq!(titles()[0], "A. Example gave 5.00 EUR");
}

#[test]
fn a_gift_that_is_not_there_has_no_card() {
    let book = Book::new();
    let water = book.cause("Water");
    let ada = book.named("Ada");
    let give = || book.give(ada, Visibility::Public, &[(water, eur("5.00"))]);

    let refunded = give();
    book.refund(refunded, RefundScope::Everything);
    assert_eq!(book.refused(refunded), 3006);

    // The platform keeps its tip, and no cause has anything.
    let tipped =
        Donate { tip: Some(eur("1.00")), ..book.gift(ada, Visibility::Anonymous, &[(water, eur("5.00"))]) };
    let tipped = book.ledger.donate(tipped).unwrap().donation().unwrap();
    book.refund(
        tipped,
        RefundScope::Causes { from: vec![Designation { cause: water, amount: eur("5.00") }] },
    );
    assert_eq!(book.refused(tipped), 3006);

    let disputed = give();
    let (key, amount, begins) = (book.key(), eur("5.00"), DisputeBegins::WithMoney);
    let open = OpenDispute { key, donation: disputed, amount, begins, fee: None, occurred_on: None };
    let dispute = book.ledger.open_dispute(open).unwrap().dispute().unwrap();
    assert_eq!(book.refused(disputed), 3031);
    let lost = ReportDispute { key: book.key(), dispute, report: DisputeReport::Lost, occurred_on: None };
    book.ledger.report_dispute(lost).unwrap();
    assert_eq!(book.refused(disputed), 3006);

    let reversed = give();
    let why = WhyNothing::NeverHappened;
    let correct = Correct {
        wrong: Wrong::Donation { donation: reversed },
        right: Right::Nothing { key: book.key(), why },
        reversed_on: None,
        entry: EntryKind::Ordinary,
    };
    book.ledger.correct(correct).unwrap();
    assert_eq!(book.refused(reversed), 3015);

    let meant = BeginDonation {
        key: book.key(),
        donor: ada,
        designations: vec![Designation { cause: water, amount: eur("5.00") }],
        tip: None,
        fee_bearer: FeeBearer::Causes,
        visibility: Visibility::Public,
        memo: None,
    };
    let begun = book.ledger.begin_donation(meant).unwrap().donation().unwrap();
    assert_eq!(book.refused(begun), 3024);
    let start = StartPayment { key: book.key(), donation: begun, processor: "stripe".into() };
    let payment = book.ledger.start_payment(start).unwrap().payment().unwrap();
    let report = PaymentReport::Captured;
    let told = ReportPayment { key: book.key(), payment, report, fee: None, occurred_on: None };
    book.ledger.report_payment(told).unwrap();
    assert_eq!(book.card(begun).title, "Ada gave 5.00 EUR");

    assert_eq!(book.refused("gft_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap()), 2003);
    let nowhere = "cau_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
    assert_eq!(book.ledger.share_cause(nowhere, LINK).unwrap_err().code().number(), 2002);
}

#[test]
fn a_cause_shows_how_far_it_has_come() {
    let book = Book::new();
    let (water, school) = (book.cause_of("Water", currency("EUR"), Some(eur("60.00"))), book.cause("School"));
    let card = |cause| book.ledger.share_cause(cause, LINK).unwrap();
    let drawn = |cause| texts(&card(cause).svg);
    // How long the green of the bar is: of its three green shapes the one between the two round ends.
    let bar = |cause| {
        let svg = card(cause).svg;
        let document = roxmltree::Document::parse(&svg).unwrap();
        let is_green =
            |node: &roxmltree::Node| node.has_tag_name("rect") && node.attribute("fill") == Some("#1B6E53");
        // The first is the band above.
        let mut green = document
            .root_element()
            .children()
            .filter(|node| node.tag_name().name() == "rect" && is_green(node))
            .skip(1);
        green.next().map(|node| node.attribute("width").unwrap().parse::<u32>().unwrap())
    };
    assert_eq!(drawn(water), ["Water", "0.00 EUR", "raised of 60.00 EUR", "0 %", "0 gifts"]);
    assert_eq!(
        (drawn(school), bar(school)),
        (vec!["School".into(), "0.00 EUR".into(), "raised, 0 gifts".into()], None)
    );

    let ada = book.named("Ada Example");
    let gift = book.give(ada, Visibility::Public, &[(water, eur("40.00")), (school, eur("1.00"))]);
    let half = card(water);
    assert_eq!((half.title.as_str(), half.link.as_str()), ("Water", LINK));
    assert_eq!(half.text, "40.00 EUR of 60.00 EUR raised (66 %), 1 gift.");
    assert_eq!(bar(water), Some(1040 * 66 / 100 - 30));
    assert!(!half.svg.contains("Ada"));
    assert_eq!(card(school).text, "1.00 EUR raised, 1 gift.");

    book.give(ada, Visibility::Anonymous, &[(water, eur("38.00"))]);
    assert_eq!(card(water).text, "78.00 EUR of 60.00 EUR raised (130 %), 2 gifts.");
    assert_eq!(drawn(water), ["Water", "78.00 EUR", "raised of 60.00 EUR", "130 %", "2 gifts"]);
    assert_eq!(bar(water), Some(1040 - 30));

    // What was promised back is not raised any more.
    book.refund(gift, RefundScope::Everything);
    assert_eq!(card(water).text, "38.00 EUR of 60.00 EUR raised (63 %), 2 gifts.");
}

#[test]
fn every_currency_has_its_own_digits() {
    let book = Book::new();
    let ada = book.named("Ada");
    for (code, minor, shown) in [("JPY", 2_000, "2000 JPY"), ("KWD", 2_005, "2.005 KWD")] {
        let amount = |minor| Amount::from_minor(minor, currency(code)).unwrap();
        let cause = book.cause_of("Water", currency(code), Some(amount(minor * 4)));
        let card = book.card(book.give(ada, Visibility::Public, &[(cause, amount(minor))]));
        assert_eq!(card.text, format!("Ada gave {shown} to Water."));
        assert_eq!(texts(&card.svg), ["Ada", shown, "to Water"]);
        let card = book.ledger.share_cause(cause, LINK).unwrap();
        assert_eq!(
            texts(&card.svg)[1..4],
            [shown.to_owned(), format!("raised of {}", amount(minor * 4)), "25 %".into()]
        );
    }
    // However long it is, an amount is shown in full.
    let most = Amount::from_minor(i64::MAX, currency("EUR")).unwrap();
    let water = book.cause("Water");
    let card = book.card(book.give(ada, Visibility::Public, &[(water, most)]));
    assert_eq!(texts(&card.svg)[1], "92233720368547758.07 EUR");
}

#[test]
fn hostile_names_stay_texts() {
    let book = Book::new();
    let hostile = "<script>&\"'";
    let cause = book.cause(hostile);
    let donor = book.named("Ada\u{202e}</text> \u{2066}<!--\u{fffe}]]>");
    let card = book.card(book.give(donor, Visibility::Public, &[(cause, eur("1.00"))]));
    assert_eq!(card.title, "Ada</text> <!--]]> gave 1.00 EUR");
    assert_eq!(texts(&card.svg), ["Ada</text> <!--]]>", "1.00 EUR", &format!("to {hostile}")]);
    let card = book.ledger.share_cause(cause, LINK).unwrap();
    assert_eq!(card.title, hostile);
    assert_eq!(texts(&card.svg), [hostile, "1.00 EUR", "raised, 1 gift"]);
    let card = book.ledger.share_cause(book.cause("\u{202e}"), LINK).unwrap();
    assert_eq!((card.title.as_str(), texts(&card.svg)[0].as_str()), ("a cause", "a cause"));
}

#[test]
fn links_lead_to_the_web() {
    let book = Book::new();
    let water = book.cause("Water");
    let gift = book.give(book.named("Ada"), Visibility::Public, &[(water, eur("1.00"))]);
    let longest = format!("https://example.org/{}", "a".repeat(1_980));
    for link in ["http://a", "https://bücher.example/ä?b=c&d=%22#e", &longest] {
        assert_eq!(book.ledger.share_cause(water, link).unwrap().link, link);
        assert_eq!(book.ledger.share_gift(gift, link).unwrap().link, link);
    }
    let longer = format!("{longest}a");
    for (link, code) in [
        ("", 1010),
        (longer.as_str(), 1011),
        ("https://example.org/\n", 1012),
        ("https://", 1012),
        ("javascript:alert(1)", 1012),
        (" https://example.org", 1012),
        ("https://example.org/a b", 1012),
        ("https://example.org/\"", 1012),
        ("https://example.org/'", 1012),
        ("https://example.org/`", 1012),
        ("https://example.org/<", 1012),
        ("https://example.org/>", 1012),
        ("https://example.org/\u{202e}", 1012),
    ] {
        let codes = [book.ledger.share_cause(water, link), book.ledger.share_gift(gift, link)]
            .map(|refused| refused.unwrap_err().code().number());
        assert_eq!(codes, [code, code], "{link:?}");
    }
}

/// Names of letters of any script, and of what would break out.
fn any_name() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(
        "<>&\"'\u{202e}\u{2067}\u{fffe}\u{ffff}\u{200b}\u{301} \u{2028}".chars().collect::<Vec<_>>(),
    );
    let letter = prop_oneof![any::<char>(), hostile];
    let name = prop::collection::vec(letter, 1..50).prop_map(|name| name.into_iter().collect::<String>());
    name.prop_filter("a name that is taken", |name| {
        !name.trim().is_empty() && !name.contains(char::is_control)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_names_are_drawn_as_texts_and_anonymous_gifts_tell_none(
        donor in any_name(), cause in any_name(), minor in 1_i64..=i64::MAX / 2,
    ) {
        let book = Book::new();
        let amount = Amount::from_minor(minor, currency("EUR")).unwrap();
        let to = [(book.cause(&cause), amount)];
        let giver = book.named(&donor);
        let seen = |name: &str, nobody: &str| legible(name).unwrap_or_else(|| nobody.to_owned());
        let cause = seen(&cause, "a cause");
        let mut drawn = on_two_lines(&seen(&donor, "A gift"), 27);
        drawn.push(amount.to_string());
        drawn.extend(on_two_lines(&format!("to {cause}"), 33));
        let open = book.card(book.give(giver, Visibility::Public, &to));
        prop_assert_eq!(texts(&open.svg), drawn);

        let hidden = book.card(book.give(giver, Visibility::Anonymous, &to));
        let nobody = book.donor(DonorStanding::Anonymous, None);
        let other = book.give(nobody, Visibility::Anonymous, &[(to[0].0, eur("1.00"))]);
        prop_assert_eq!(&hidden, &book.card(other));
        let mut drawn = vec!["An anonymous gift to".to_owned()];
        drawn.extend(on_two_lines(&cause, 27));
        prop_assert_eq!(texts(&hidden.svg), drawn);
        let of_cause = book.ledger.share_cause(to[0].0, LINK).unwrap();
        prop_assert!(texts(&of_cause.svg).len() >= 3);
    }
}
