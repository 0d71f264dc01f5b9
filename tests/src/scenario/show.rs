//! How answers are written: what a write returns, what a read finds, errors.

use super::disputes;
use ledger_core::{
    Account, AccountBalance, AccountLine, Attribute, AuditReport, Beneficiary, Cause, CauseStatus, Change,
    Committed, Currency, CurrencySum, Delivery, Designation, Donation, Donor, DonorKind, DonorStanding,
    Event, FeeBearer, Giver, HistoryLine, LedgerError, LineKind, Method, PublicGift, RefundedPart, Side,
    Totals, TrialBalance, Visibility,
};

/// Minor units as a decimal of a currency.
fn decimal(minor: i128, currency: Currency) -> String {
    currency.decimal_string(minor)
}

fn unsigned(minor: u128, currency: Currency) -> String {
    decimal(i128::try_from(minor).expect("no test has that much"), currency)
}

/// A text in quotes, on one line.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace('\n', "\\n").replace('\t', "\\t"))
}

fn or_none<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

/// An error: number, name, message.
pub fn error(error: &LedgerError) -> String {
    let code = error.code();
    format!("error {} {}: {error}", code.number(), code.name())
}

/// What a write returns.
pub fn committed(committed: &Committed) -> Vec<String> {
    let delivery = match committed.delivery {
        Delivery::First => "first",
        Delivery::Replayed => "replayed",
    };
    if committed.events.is_empty() {
        return vec![format!("committed {} {delivery}, nothing happened", committed.seq)];
    }
    let mut lines = vec![format!("committed {} {delivery}", committed.seq)];
    lines.extend(committed.events.iter().map(made));
    lines.extend(committed.balances.iter().map(balance));
    lines
}

/// An event in short: its kind and what it made or changed.
fn made(event: &Event) -> String {
    let changed = match event {
        Event::DonorUpdated { donor } | Event::DonorErased { donor, .. } => Some(donor.to_string()),
        Event::CauseUpdated { cause, .. } => Some(cause.to_string()),
        Event::PeriodClosed { through, .. } => Some(through.to_string()),
        Event::EpochBegun { epoch } => Some(epoch.to_string()),
        Event::DonorsMerged { keep, gone } => Some(format!("{gone} into {keep}")),
        Event::MergeUndone { keep, gone } => Some(format!("{gone} from {keep}")),
        Event::PaymentChanged { payment, from, to, .. } => {
            Some(format!("{payment} {} to {}", from.word(), to.word()))
        }
        Event::PayoutChanged { payout, from, to, .. } => {
            Some(format!("{payout} {} to {}", from.word(), to.word()))
        }
        Event::RefundChanged { refund, from, to, .. } => {
            Some(format!("{refund} {} to {}", from.word(), to.word()))
        }
        Event::DonationCancelled { donation, .. } => Some(donation.to_string()),
        Event::FeeBooked { donation, fee, .. } => Some(format!("{fee} of {donation}")),
        Event::PlatformFeeTaken { donation, from, .. } => {
            Some(format!("of {donation} {}", designations(from)))
        }
        other => disputes::changed(other),
    };
    let about = event.made().or(changed).unwrap_or_else(|| panic!("an event about nothing: {event:?}"));
    format!("{} {about}", event.word())
}

/// A balance: account, both columns, net on the side where the account grows.
pub fn balance(of: &AccountBalance) -> String {
    let (account, currency) = (&of.account, of.account.currency);
    let net = of.balance.net_minor(account.name.account_type());
    format!(
        "{account} debit {} credit {} net {}",
        unsigned(of.balance.debits_minor, currency),
        unsigned(of.balance.credits_minor, currency),
        decimal(net, currency)
    )
}

/// Sums of a trial balance.
pub fn trial(trial: &TrialBalance) -> Vec<String> {
    let sum = |sum: &CurrencySum| {
        let currency = sum.currency;
        let (debits, credits) = (unsigned(sum.debits_minor, currency), unsigned(sum.credits_minor, currency));
        format!("{currency} debit {debits} credit {credits}")
    };
    let first = format!("record {}, {} accounts", trial.seq, trial.balances.len());
    core::iter::once(first).chain(trial.sums.iter().map(sum)).collect()
}

/// Totals of a donor or a cause in one currency.
pub fn totals(of: &Totals) -> String {
    let figure = |minor| decimal(minor, of.currency);
    let paid_out = match of.paid_out_minor {
        0 => String::new(),
        minor => format!(" paid out {}", figure(minor)),
    };
    let written_off = match of.written_off_minor {
        0 => String::new(),
        minor => format!(" written off {}", figure(minor)),
    };
    format!(
        "{} gross {} refunded {} disputed {} fees {} adjusted {} net {} pending {} donations {}{paid_out}{written_off}",
        of.currency,
        figure(of.gross_minor),
        figure(of.refunded_minor),
        figure(of.disputed_minor),
        figure(of.fees_minor),
        figure(of.adjusted_minor),
        figure(of.net_minor()),
        figure(of.pending_minor),
        of.donations
    )
}

/// A donor with its profile.
pub fn donor(donor: &Donor) -> Vec<String> {
    let kind = match donor.kind {
        DonorKind::Person => "person",
        DonorKind::Organisation => "organisation",
    };
    let standing = match donor.standing {
        DonorStanding::Registered => "registered",
        DonorStanding::Guest => "guest",
        DonorStanding::Anonymous => "anonymous",
    };
    let mut lines = vec![format!("{} {standing} {kind}, {} lines", donor.id, donor.history_lines)];
    lines.extend(donor.merged.iter().map(|id| format!("also {id}")));
    lines.extend(donor.erased.map(|reason| format!("erased: {}", reason.word())));
    let profile = &donor.profile;
    let texts = [
        ("name", &profile.name),
        ("email", &profile.email),
        ("external_id", &profile.external_id),
        ("location", &profile.location),
    ];
    for (field, text) in texts {
        lines.extend(text.as_ref().map(|text| format!("{field} {}", quoted(text))));
    }
    lines.extend(profile.date_of_birth.map(|day| format!("born {day}")));
    for Attribute { name, value } in &profile.attributes {
        lines.push(format!("attribute {} {}", quoted(name), quoted(value)));
    }
    lines
}

/// A cause with its details.
pub fn cause(cause: &Cause) -> Vec<String> {
    let status = match cause.status {
        CauseStatus::Open => "open",
        CauseStatus::Paused => "paused",
        CauseStatus::Closed => "closed",
    };
    let details = &cause.details;
    let mut lines = vec![format!("{} {} {status}, {} lines", cause.id, cause.currency, cause.history_lines)];
    lines.push(format!("name {}", quoted(&details.name)));
    let texts = [("description", &details.description), ("external_id", &details.external_id)];
    for (field, text) in texts {
        lines.extend(text.as_ref().map(|text| format!("{field} {}", quoted(text))));
    }
    lines.extend(details.goal.map(|goal| format!("goal {goal}")));
    lines.extend(details.opens_on.map(|day| format!("opens {day}")));
    lines.extend(details.closes_on.map(|day| format!("closes {day}")));
    lines
}

/// How money came in.
pub fn method(method: &Method) -> String {
    match method {
        Method::Offline { bank } => format!("offline:{bank}"),
        Method::Imported => "imported".to_owned(),
        Method::CapturedElsewhere { bank } => format!("captured_elsewhere:{bank}"),
        Method::Processor { processor } => format!("processor:{processor}"),
        Method::Exchanged { processor, given } => format!("exchanged:{processor} {given}"),
        Method::Identified { item } => format!("identified:{item}"),
        other => panic!("a method that scenarios do not know: {other:?}"),
    }
}

fn visibility(of: Visibility) -> &'static str {
    match of {
        Visibility::Public => "public",
        Visibility::Anonymous => "anonymous",
    }
}

fn bearer(of: FeeBearer) -> &'static str {
    match of {
        FeeBearer::Causes => "causes",
        FeeBearer::Platform => "platform",
    }
}

/// Whose part.
pub fn beneficiary(of: Beneficiary) -> String {
    match of {
        Beneficiary::Cause { cause } => cause.to_string(),
        Beneficiary::Platform => "platform".to_owned(),
    }
}

/// Causes with amounts.
pub fn designations(of: &[Designation]) -> String {
    let one = |to: &Designation| format!("{} {}", to.cause, to.amount);
    of.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A donation and what is left of it.
pub fn donation(donation: &Donation) -> Vec<String> {
    let currency = donation.designations.first().expect("a designation").amount.currency();
    let mut lines = vec![format!(
        "{} of {} in record {}, {} {} {}",
        donation.id,
        donation.donor,
        donation.seq,
        donation.day,
        method(&donation.method),
        visibility(donation.visibility)
    )];
    let borne_by = bearer(donation.fee_bearer);
    lines.extend(donation.fee.map(|fee| format!("fee {fee} borne by {borne_by}")));
    lines.extend(donation.memo.as_ref().map(|memo| format!("memo {}", quoted(memo))));
    for part in &donation.parts {
        let figure = |minor: u64| decimal(minor.into(), currency);
        lines.push(format!(
            "part {} given {} refunded {}{} left {}",
            beneficiary(part.beneficiary),
            figure(part.given_minor),
            figure(part.refunded_minor),
            if part.disputed_minor > 0 {
                format!(" lost {}", figure(part.disputed_minor))
            } else {
                String::new()
            },
            figure(part.refundable_minor())
        ));
    }
    lines.extend(donation.reversed_by.map(|seq| format!("taken back in record {seq}")));
    lines.extend(donation.refunds.iter().map(|refund| format!("refund {refund}")));
    lines
}

/// A gift as the public may see it.
pub fn public_gift(gift: &PublicGift) -> String {
    let giver = match &gift.giver {
        Giver::Named { name } => quoted(name),
        Giver::Anonymous { number } => format!("anonymous {number}"),
        other => panic!("a giver that scenarios do not know: {other:?}"),
    };
    let back = gift.refunded.map(|amount| format!(", given back {amount}")).unwrap_or_default();
    format!("{} {giver} {}{back}", gift.day, gift.amount)
}

/// A line of a donor's or a cause's history.
pub fn history_line(line: &HistoryLine) -> String {
    let kind = serde_json::to_value(line.kind).expect("a word");
    let kind = kind.as_str().expect("a word");
    let mut shown = format!("{} {} {kind}", line.seq, line.day);
    let ids = [
        line.reversal.map(|id| format!(" {id}")),
        line.donor.map(|id| format!(" by {id}")),
        line.merged_into
            .map(|id| format!(" {} {id}", if line.kind == LineKind::MergeUndone { "from" } else { "into" })),
        line.refund.map(|id| format!(" {id} of")),
        line.donation.map(|id| format!(" {id}")),
        line.adjustment.map(|id| format!(" {id}")),
        line.reallocation.map(|id| format!(" {id}")),
        line.payment.map(|id| format!(" {id}")),
        line.payout.map(|id| format!(" {id}")),
        line.dispute.map(|id| format!(" {id}")),
        line.suspense.map(|id| format!(" {id}")),
        line.became.map(|word| format!(" {word}")),
        line.reason.map(|reason| format!(" {}", reason.word())),
        line.correction.map(|reason| format!(" {}", reason.word())),
        line.amount.map(|amount| format!(" {amount}")),
        line.visibility.map(|of| format!(" {}", visibility(of))),
    ];
    ids.into_iter().flatten().for_each(|part| shown.push_str(&part));
    if !line.causes.is_empty() {
        shown.push_str(": ");
        shown.push_str(&designations(&line.causes));
    }
    shown
}

/// A line of an account.
pub fn account_line(account: &Account, line: &AccountLine) -> String {
    let amount = decimal(line.posted.amount_minor.into(), account.currency);
    let net = line.posted.balance.net_minor(account.name.account_type());
    format!(
        "{} {} number {} {} {amount} net {}",
        line.seq,
        line.day,
        line.posted.number,
        side(line.posted.side),
        decimal(net, account.currency)
    )
}

fn side(of: Side) -> &'static str {
    match of {
        Side::Debit => "debit",
        Side::Credit => "credit",
    }
}

/// A record in the feed: when, what, and how it was posted.
pub fn change(change: &Change) -> Vec<String> {
    let mut lines = vec![format!(
        "{} {} day {} key {}",
        change.seq,
        change.recorded_at,
        change.day,
        or_none(change.key.as_ref().map(|key| quoted(key)))
    )];
    lines.extend(change.events.iter().map(|event| format!("  {}", told(event))));
    for entry in &change.entries {
        let day = if entry.day == change.day { String::new() } else { format!(" on {}", entry.day) };
        lines.push(format!("  entry{day}"));
        for line in &entry.lines {
            let amount = decimal(line.amount_minor.into(), line.account.currency);
            lines.push(format!("    {} {} {amount}", side(line.side), line.account));
        }
    }
    lines
}

/// An event with all that it says.
fn told(event: &Event) -> String {
    let made = made(event);
    match event {
        Event::DonationCaptured {
            donor,
            designations: to,
            tip,
            fee,
            fee_bearer,
            fee_shares_minor,
            method: by,
            visibility: seen,
            ..
        } => {
            let shares: Vec<String> = fee_shares_minor.iter().map(ToString::to_string).collect();
            format!(
                "{made} by {donor}: {}; tip {}; fee {} {} [{}]; {} {}",
                designations(to),
                or_none(*tip),
                or_none(*fee),
                bearer(*fee_bearer),
                shares.join(" "),
                method(by),
                visibility(*seen)
            )
        }
        Event::DonationRefunded { donation, donor, amount, parts, method: by, .. } => {
            let part = |part: &RefundedPart| {
                let figure = |minor: u64| decimal(minor.into(), amount.currency());
                format!(
                    "{} {} in all {}",
                    beneficiary(part.beneficiary),
                    figure(part.share_minor),
                    figure(part.refunded_minor)
                )
            };
            let parts: Vec<String> = parts.iter().map(part).collect();
            format!("{made} of {donation} to {donor} {amount}: {}; {}", parts.join(", "), method(by))
        }
        Event::GivingAdjusted { donor, cause, amount, reason, method: by, .. } => {
            format!("{made} {donor} {cause} {amount} {} {}", reason.word(), method(by))
        }
        Event::Reversed { reason, record, day, what, .. } => {
            let what: Vec<String> = what.iter().map(told).collect();
            format!("{made} of record {record} on {day} {}: {}", reason.word(), what.join(", "))
        }
        Event::CauseUpdated { released_external_id, .. } => {
            format!("{made} released {}", or_none(released_external_id.as_ref().map(|id| quoted(id))))
        }
        _ => made,
    }
}

/// What an audit found.
pub fn audit(report: &AuditReport) -> String {
    let verdict = report.difference.as_deref().unwrap_or("no difference");
    format!("{} records, {} entries, {} keys: {verdict}", report.records, report.entries, report.keys)
}
