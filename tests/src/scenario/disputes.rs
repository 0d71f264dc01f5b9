//! Steps about disputes, what causes owe, money that is nobody's gift, and exchanges.

use ledger_core::{
    Amount, BeginDonation, BookDisputeFee, CaptureExchanged, CausePolicies, CauseStanding, ClosedCause,
    Command, Dispute, DisputeBegins, DisputeFeeFlow, DisputeReport, Event, ExchangeMoney, FeeGivenBack,
    GiftLife, GiveBackFees, Identify, LedgerError, NegativeCause, OpenDispute, OverdraftBorneBy, ParkedFact,
    PartShare, ReceiveUnidentified, ReleaseSetAside, ReportDispute, ReturnUnidentified, SetCausePolicies,
    SettleReceivable, SettledBy, Unidentified,
};

use super::commands::{self, Fields};
use super::names::Names;
use super::parse::Step;
use super::played::Played;
use super::run::Answer;
use super::{payments, show};

/// The steps that make a command.
pub const VERBS: [&str; 14] = [
    "open_dispute",
    "report_dispute",
    "dispute_fee",
    "force_refund",
    "policies",
    "settle_receivable",
    "give_back_fees",
    "unidentified",
    "identify",
    "return_unidentified",
    "release",
    "begin_foreign_donation",
    "capture_exchanged",
    "exchange",
];

/// The steps that read.
pub const READS: [&str; 7] =
    ["standing", "negative_causes", "dispute", "open_disputes", "suspense", "life", "parked"];

/// The command of a step of these.
pub fn command(fields: &Fields<'_>, verb: &str) -> Result<Command, LedgerError> {
    let key = fields.text("key").unwrap_or_default();
    let needed = |name: &str| -> Result<Amount, LedgerError> {
        Ok(fields.amount(name)?.unwrap_or_else(|| panic!("{name}=AMOUNT")))
    };
    Ok(match verb {
        "open_dispute" => Command::OpenDispute(OpenDispute {
            key,
            donation: fields.id("of")?,
            amount: needed("amount")?,
            begins: match fields.text("begins").as_deref() {
                None | Some("money") => DisputeBegins::WithMoney,
                Some("inquiry") => DisputeBegins::AsInquiry,
                Some(other) => panic!("begins={other}?"),
            },
            fee: fields.amount("fee")?,
            occurred_on: fields.date("on")?,
        }),
        "report_dispute" => Command::ReportDispute(ReportDispute {
            key,
            dispute: fields.first_id()?,
            report: dispute_report(&fields.text("as").unwrap_or_default()),
            occurred_on: fields.date("on")?,
        }),
        "dispute_fee" => Command::BookDisputeFee(BookDisputeFee {
            key,
            dispute: fields.first_id()?,
            fee: needed("fee")?,
            flow: match fields.text("flow").as_deref() {
                Some("charged") => DisputeFeeFlow::Charged,
                Some("returned") => DisputeFeeFlow::Returned,
                other => panic!("flow={other:?}?"),
            },
            occurred_on: fields.date("on")?,
        }),
        "force_refund" => Command::ForceRefund(commands::refund(fields)?),
        "policies" | "settle_receivable" | "give_back_fees" => owed(fields, verb, key)?,
        "unidentified" | "identify" | "return_unidentified" | "release" => suspense(fields, verb, key)?,
        "begin_foreign_donation" => Command::BeginForeignDonation(begin(fields, key)?),
        "capture_exchanged" => Command::CaptureExchanged(CaptureExchanged {
            key,
            payment: fields.first_id()?,
            settled: needed("settled")?,
            rate: fields.text("rate"),
            fee: fields.amount("fee")?,
            occurred_on: fields.date("on")?,
        }),
        "exchange" => Command::ExchangeMoney(ExchangeMoney {
            key,
            processor: fields.text("processor").unwrap_or_default(),
            from: needed("from")?,
            to: needed("to")?,
            rate: fields.text("rate"),
            occurred_on: fields.date("on")?,
        }),
        other => panic!("{other:?} is no step of these"),
    })
}

fn begin(fields: &Fields<'_>, key: String) -> Result<BeginDonation, LedgerError> {
    match payments::command(fields, "begin_donation")? {
        Command::BeginDonation(begin) => Ok(BeginDonation { key, ..begin }),
        other => panic!("{other:?}"),
    }
}

fn owed(fields: &Fields<'_>, verb: &str, key: String) -> Result<Command, LedgerError> {
    Ok(match verb {
        "policies" => Command::SetCausePolicies(SetCausePolicies {
            key,
            cause: fields.text("cause").map(|_| fields.id("cause")).transpose()?,
            policies: CausePolicies {
                on_negative: negative(fields.text("negative").as_deref()),
                on_closed: match fields.text("closed").as_deref() {
                    None | Some("take_anyway") => ClosedCause::TakeAnyway,
                    Some("set_aside") => ClosedCause::SetAside,
                    Some("pass") => ClosedCause::PassTo { cause: fields.id("to")? },
                    Some(other) => panic!("closed={other}?"),
                },
            },
        }),
        "settle_receivable" => Command::SettleReceivable(SettleReceivable {
            key,
            cause: fields.id("cause")?,
            amount: fields.amount("amount")?.expect("amount=AMOUNT"),
            by: settled_by(&fields.text("by").unwrap_or_default()),
            occurred_on: fields.date("on")?,
        }),
        _ => Command::GiveBackFees(GiveBackFees {
            key,
            donation: fields.id("of")?,
            fee: match fields.text("fee").as_deref() {
                Some("processor") => FeeGivenBack::OfProcessor,
                Some("platform") => FeeGivenBack::OfPlatform,
                other => panic!("fee={other:?}?"),
            },
            occurred_on: fields.date("on")?,
            to: fields.designations()?,
        }),
    })
}

fn suspense(fields: &Fields<'_>, verb: &str, key: String) -> Result<Command, LedgerError> {
    let amount = || -> Result<Amount, LedgerError> { Ok(fields.amount("amount")?.expect("amount=AMOUNT")) };
    Ok(match verb {
        "unidentified" => Command::ReceiveUnidentified(ReceiveUnidentified {
            key,
            amount: amount()?,
            method: commands::method(fields.text("method").as_deref()),
            occurred_on: fields.date("on")?,
        }),
        "identify" => Command::Identify(Identify {
            key,
            item: fields.id("item")?,
            donor: fields.id("donor")?,
            tip: fields.amount("tip")?,
            occurred_on: fields.date("on")?,
            visibility: fields.visibility(),
            memo: fields.text("memo"),
            designations: fields.designations()?,
        }),
        "return_unidentified" => Command::ReturnUnidentified(ReturnUnidentified {
            key,
            item: fields.id("item")?,
            amount: amount()?,
            occurred_on: fields.date("on")?,
        }),
        _ => Command::ReleaseSetAside(ReleaseSetAside {
            key,
            item: fields.id("item")?,
            to: fields.id("to")?,
            amount: amount()?,
            occurred_on: fields.date("on")?,
        }),
    })
}

fn dispute_report(word: &str) -> DisputeReport {
    let found = DisputeReport::ALL.into_iter().find(|report| report.state().word() == word);
    found.unwrap_or_else(|| panic!("as={word}?"))
}

fn negative(word: Option<&str>) -> NegativeCause {
    let Some(word) = word else { return NegativeCause::default() };
    let found = NegativeCause::ALL.into_iter().find(|policy| policy.word() == word);
    found.unwrap_or_else(|| panic!("negative={word}?"))
}

fn settled_by(word: &str) -> SettledBy {
    match word.split_once(':') {
        Some(("repayment", bank)) => SettledBy::Repayment { bank: bank.to_owned() },
        None if word == "set_off" => SettledBy::SetOff,
        None if word == "write_off" => SettledBy::WriteOff,
        _ => panic!("by={word}?"),
    }
}

/// What an event changed, in short.
pub fn changed(event: &Event) -> Option<String> {
    Some(match event {
        Event::DisputeChanged(of) => format!("{} {} to {}", of.dispute, of.from.word(), of.to.word()),
        Event::DisputeFeeBooked(of) => {
            let flow = match of.flow {
                DisputeFeeFlow::Charged => "charged for",
                DisputeFeeFlow::Returned => "returned for",
            };
            format!("{} {flow} {}", of.fee, of.dispute)
        }
        Event::CausePoliciesSet(of) => {
            let whose = of.cause.map_or_else(|| "all".to_owned(), |cause| cause.to_string());
            format!("of {whose} {}", of.policies.on_negative.word())
        }
        Event::CauseOverdrawn(of) => {
            let by = match of.borne_by {
                OverdraftBorneBy::Cause => "it",
                OverdraftBorneBy::Platform => "the platform",
            };
            format!("{} by {}, borne by {by}", of.cause, of.amount)
        }
        Event::OverdraftReturned(of) => format!("{} of {} {}", of.cause, of.donation, of.amount),
        Event::ReceivableSettled(of) => format!("{} {}", of.cause, of.amount),
        Event::FeesGivenBack(of) => format!("of {} {}", of.donation, show::designations(&of.to)),
        Event::GoalReached(of) => format!("{} {}", of.cause, of.goal),
        Event::UnidentifiedReturned(of) => format!("{} {}", of.item, of.amount),
        Event::SetAsideAgain(of) => format!("{} of {} {}", of.item, of.cause, of.amount),
        Event::SetAsideReleased(of) => format!("{} to {} {}", of.item, of.to, of.amount),
        other => return super::facts::changed(other),
    })
}

/// Answers a step that reads.
pub fn read(ledger: &Played, names: &Names, step: &Step) -> Answer {
    let word = step.words.first().map_or("", String::as_str);
    let id = names.id(word);
    let nothing = || vec!["nothing".to_owned()];
    Ok(match step.verb.as_str() {
        "standing" => ledger.standing(id.parse()?)?.map_or_else(nothing, |of| vec![standing(&of)]),
        "negative_causes" => ledger.negative_causes()?.iter().map(standing).collect(),
        "dispute" => ledger.dispute(id.parse()?)?.map_or_else(nothing, |of| vec![dispute(&of)]),
        "open_disputes" => ledger.open_disputes()?.iter().map(dispute).collect(),
        "parked" => {
            let told =
                |of: &ParkedFact| format!("{} at {} for {}", of.fact.object, of.processor, of.waits_for);
            ledger.parked()?.iter().map(told).collect()
        }
        "suspense" if word.is_empty() => ledger.unidentified()?.iter().map(unidentified).collect(),
        "suspense" => ledger.suspense(id.parse()?)?.map_or_else(nothing, |of| vec![unidentified(&of)]),
        _ => ledger.gift_life(id.parse()?)?.map_or_else(nothing, |of| life(&of)),
    })
}

fn standing(of: &CauseStanding) -> String {
    let figure = |minor| of.currency.decimal_string(minor);
    format!(
        "{} net {} paid out {} written off {}: available {} held {} in transit {} owed {}",
        of.cause,
        figure(of.totals.net_minor()),
        figure(of.totals.paid_out_minor),
        figure(of.totals.written_off_minor),
        figure(of.available_minor),
        figure(of.held_minor),
        figure(of.in_transit_minor),
        figure(of.owed_minor)
    )
}

fn dispute(of: &Dispute) -> String {
    let figure = |minor: u64| of.amount.currency().decimal_string(minor.into());
    let held =
        if of.held.is_empty() { String::new() } else { format!(" held {}", show::designations(&of.held)) };
    let share =
        |share: &PartShare| format!("{} {}", show::beneficiary(share.beneficiary), figure(share.share_minor));
    let shares: Vec<String> = of.shares.iter().map(share).collect();
    let lost = if shares.is_empty() { String::new() } else { format!(" lost {}", shares.join(", ")) };
    format!(
        "{} of {} {} {} fee {}{held}{lost}",
        of.id,
        of.donation,
        of.amount,
        of.state.word(),
        figure(of.fee_minor)
    )
}

fn unidentified(of: &Unidentified) -> String {
    let left = of.amount.currency().decimal_string(of.left_minor.into());
    let place = match (&of.method, of.of_donation, of.meant_for) {
        (Some(method), _, _) => show::method(method),
        (None, Some(donation), Some(cause)) => format!("set aside of {donation} for {cause}"),
        other => panic!("{other:?}"),
    };
    let by = of.payment.map(|payment| format!(" by {payment}")).unwrap_or_default();
    let object = of.object.as_ref().map(|object| format!(" as {object}")).unwrap_or_default();
    format!("{} {} left {left} {place}{by}{object}", of.id, of.amount)
}

fn life(of: &GiftLife) -> Vec<String> {
    let mut lines = of.begun.as_ref().map_or_else(Vec::new, payments::begun);
    lines.extend(of.donation.iter().flat_map(show::donation));
    lines.extend(of.refunds.iter().map(|refund| format!("refund {} {}", refund.id, refund.state.word())));
    lines.extend(of.disputes.iter().map(dispute));
    let figures = of.currency.map(|currency| {
        let figure = |minor: u64| currency.decimal_string(minor.into());
        format!("fees {} left {} {currency}", figure(of.fees_minor), figure(of.left_minor))
    });
    lines.extend(figures);
    lines
}
