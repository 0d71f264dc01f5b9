//! Steps that read.

use ledger_core::{Account, Cursor, KeyStatus, LedgerError, MergeDonors, Order, PageRequest, Totals};

use super::commands::Fields;
use super::names::Names;
use super::parse::Step;
use super::played::Played;
use super::run::Answer;
use super::{disputes, past, payments, settlements, show};

/// Answers a step that reads.
pub fn read(ledger: &Played, names: &mut Names, step: &Step) -> Answer {
    let word = |at: usize| step.words.get(at).map_or("", String::as_str);
    let fields = Fields::new(step, names);
    match step.verb.as_str() {
        "balances" => Ok(past::trial(ledger, &fields)?.balances.iter().map(show::balance).collect()),
        "balance" => {
            let account = account(names, word(0), &fields)?;
            Ok(vec![show::balance(&past::balance(ledger, &account, &fields)?)])
        }
        "trial" => Ok(show::trial(&past::trial(ledger, &fields)?)),
        "sheet" => past::sheet(ledger, &fields),
        "periods" => past::periods(ledger, &fields),
        "statement" => past::statement(ledger, names, word(0), word(1), &fields),
        "totals" => Ok(of_donor_or_cause(ledger, names, word(0), word(1))?
            .map_or_else(nothing, |(_, totals)| totals.iter().map(show::totals).collect())),
        "show" => {
            Ok(of_donor_or_cause(ledger, names, word(0), word(1))?.map_or_else(nothing, |(shown, _)| shown))
        }
        "find" => find(ledger, word(0), &fields),
        "dry_run_of_merge" => {
            let command = MergeDonors { key: None, keep: fields.id("keep")?, gone: fields.id("gone")? };
            fields.finish();
            let donor = ledger.dry_run_of_merge(command)?;
            Ok(show::donor(&donor).into_iter().chain(donor.totals.iter().map(show::totals)).collect())
        }
        "list" => list(ledger, names, word(0), &fields),
        "donation" => {
            let found = ledger.donation(names.id(word(0)).parse()?)?;
            Ok(found.map_or_else(nothing, |donation| show::donation(&donation)))
        }
        "begun" => {
            let found = ledger.begun_donation(names.id(word(0)).parse()?)?;
            Ok(found.map_or_else(nothing, |donation| payments::begun(&donation)))
        }
        "refund_under_way" => {
            let found = ledger.refund_under_way(names.id(word(0)).parse()?)?;
            Ok(found.map_or_else(nothing, |refund| vec![payments::refund(&refund)]))
        }
        "payout" => {
            let found = ledger.payout(names.id(word(0)).parse()?)?;
            Ok(found.map_or_else(nothing, |payout| vec![payments::payout(&payout)]))
        }
        verb if settlements::READS.contains(&verb) => settlements::read(ledger, names, step),
        verb if disputes::READS.contains(&verb) => disputes::read(ledger, names, step),
        "notices" => super::facts::notices(ledger, &fields),
        "status" => Ok(match ledger.status(word(0))? {
            KeyStatus::Committed { committed } => show::committed(&committed),
            _ => vec!["unseen".to_owned()],
        }),
        "audit" => Ok(vec![show::audit(&ledger.audit()?)]),
        "stats" => {
            let stats = ledger.stats()?;
            Ok(vec![format!(
                "seq {} donors {} causes {} donations {} records {} entries {}",
                stats.seq, stats.donors, stats.causes, stats.donations, stats.records, stats.entries
            )])
        }
        "changes" => {
            let (after, limit) = (fields.number("after").unwrap_or(0), fields.number("limit"));
            fields.finish();
            let changes = ledger.changes(after, limit.unwrap_or(100))?;
            Ok(changes.iter().flat_map(show::change).collect())
        }
        "history" | "public" => {
            fields.finish_after(&["order", "page", "cursor", "save", "currency", "show"]);
            history(ledger, names, step)
        }
        other => panic!("line {}: unknown verb {other:?}", step.line),
    }
}

fn nothing() -> Vec<String> {
    vec!["nothing".to_owned()]
}

pub(super) fn account(names: &Names, text: &str, fields: &Fields<'_>) -> Result<Account, LedgerError> {
    let text = names.with_ids(text);
    let name = text.parse().unwrap_or_else(|error| panic!("{error}"));
    let currency = fields.currency()?;
    Ok(Account { name, currency })
}

/// Shown, and its totals.
type Found = Option<(Vec<String>, Vec<Totals>)>;

fn of_donor_or_cause(ledger: &Played, names: &Names, kind: &str, who: &str) -> Result<Found, LedgerError> {
    let id = names.id(who);
    Ok(match kind {
        "donor" => ledger.donor(id.parse()?)?.map(|donor| (show::donor(&donor), donor.totals)),
        "cause" => ledger.cause(id.parse()?)?.map(|cause| (show::cause(&cause), vec![cause.totals])),
        other => panic!("{other:?} is neither donor nor cause"),
    })
}

fn find(ledger: &Played, kind: &str, fields: &Fields<'_>) -> Answer {
    let (email, external_id) = (fields.text("email"), fields.text("external_id"));
    fields.finish();
    let shown = match (kind, email, external_id) {
        ("donor", Some(email), None) => ledger.donor_by_email(&email)?.map(|donor| show::donor(&donor)),
        ("donor", None, Some(id)) => ledger.donor_by_external_id(&id)?.map(|donor| show::donor(&donor)),
        ("cause", None, Some(id)) => ledger.cause_by_external_id(&id)?.map(|cause| show::cause(&cause)),
        other => panic!("cannot find {other:?}"),
    };
    Ok(shown.unwrap_or_else(nothing))
}

fn list(ledger: &Played, names: &Names, kind: &str, fields: &Fields<'_>) -> Answer {
    let (limit, after) = (fields.number("limit").unwrap_or(100), fields.text("after"));
    fields.finish();
    let after = after.map(|name| names.id(&name).to_owned());
    Ok(match kind {
        "donors" => {
            let after = after.map(|id| id.parse()).transpose()?;
            let donors = ledger.donors(after, limit)?;
            donors.iter().map(|donor| donor.id.to_string()).collect()
        }
        "causes" => {
            let after = after.map(|id| id.parse()).transpose()?;
            let causes = ledger.causes(after, limit)?;
            causes.iter().map(|cause| cause.id.to_string()).collect()
        }
        other => panic!("cannot list {other:?}"),
    })
}

/// Where one page of a history ends: its lines and the cursor after it.
type Page = (Vec<String>, Option<Cursor>);

/// All pages with `more` between them, or of each page the records alone; with `cursor` or `save` one page, and where the next begins.
fn history(ledger: &Played, names: &mut Names, step: &Step) -> Answer {
    let fields = Fields::new(step, names);
    let order = match fields.text("order").as_deref() {
        None | Some("oldest") => Order::OldestFirst,
        Some("newest") => Order::NewestFirst,
        Some(other) => panic!("order={other}?"),
    };
    let (lines_max, save, start) =
        (fields.number("page").unwrap_or(100), fields.text("save"), fields.text("cursor"));
    let records_alone = fields.text("show").is_some_and(|what| what == "records");
    let is_one_page = save.is_some() || start.is_some();
    let cursor = start.map(|name| names.id(&name).parse()).transpose()?;
    let mut request = PageRequest { order, cursor, lines_max };
    let mut shown = Vec::new();
    loop {
        let (lines, next) = page(ledger, names, &fields, &step.words, &request)?;
        if records_alone {
            let first_words = lines.iter().filter_map(|line| line.split(' ').next());
            shown.push(first_words.collect::<Vec<_>>().join(" "));
        } else {
            shown.extend(lines);
        }
        match next {
            None => break,
            Some(next) if is_one_page => {
                shown.push(format!("more {}", save.as_deref().unwrap_or_default()));
                if let Some(save) = save {
                    names.bind(&save, &next.to_string());
                }
                break;
            }
            Some(next) => {
                shown.push("more".to_owned());
                request.cursor = Some(next);
            }
        }
    }
    Ok(shown.into_iter().map(|line| line.trim_end().to_owned()).collect())
}

fn page(
    ledger: &Played,
    names: &Names,
    fields: &Fields<'_>,
    words: &[String],
    request: &PageRequest,
) -> Result<Page, LedgerError> {
    let who = words.get(1).map_or("", String::as_str);
    if words.first().is_some_and(|word| word == "gifts") {
        let page = ledger.public_gifts(names.id(who).parse()?, request)?;
        return Ok((page.gifts.iter().map(show::public_gift).collect(), page.next));
    }
    let page = match words.first().map_or("", String::as_str) {
        "donor" => ledger.donor_history(names.id(who).parse()?, request)?,
        "cause" => ledger.cause_history(names.id(who).parse()?, request)?,
        "account" => {
            let account = account(names, who, fields)?;
            let page = ledger.account_history(&account, request)?;
            let lines = page.lines.iter().map(|line| show::account_line(&account, line));
            return Ok((lines.collect(), page.next));
        }
        other => panic!("no history of {other:?}"),
    };
    Ok((page.lines.iter().map(show::history_line).collect(), page.next))
}
