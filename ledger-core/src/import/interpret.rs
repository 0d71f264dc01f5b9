//! What a row is: refused, set aside, or a command. In that order: first everything that can be wrong with
//! it, then whether it moves money at all.

use super::mapping::{Check, LastRow, Mapping, MappingError, Rule, Then, When};
use super::report::{RowKind, SignOf};
use super::rows::{Quotes, Row, RowEnd};
use super::template::{Template, clean};
use crate::giving::donor::DonorKind;
use crate::machine::command::{RecordedAs, TakeOver};
use crate::machine::decide::texts::check_key;
use crate::machine::rejection::Rejection;
use crate::vocabulary::date::Date;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::money::Amount;

/// What is wrong with a row before the rules are asked. Holds no field that may be personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// Another number of fields.
    #[error(
        "row of {lines} line(s) has {found} fields where {expected} belong: quote fields that hold the delimiter"
    )]
    FieldCount {
        /// How many lines of the file it takes.
        lines: u64,
        /// How many it has.
        found: u64,
        /// How many it should have.
        expected: u64,
    },
    /// A quote that does not close where it should.
    #[error(
        "a quote of the line does not close before the next delimiter, or the line is longer than 128 KiB: write \
         \"\" for a quote within quotes (the lines after it were read as rows of their own)"
    )]
    OpenQuote,
    /// The end of the file is missing.
    #[error("row is cut off in field {found} of {expected}, without a line end: fetch the file again")]
    TruncatedRow {
        /// How many it has.
        found: u64,
        /// How many it should have.
        expected: u64,
    },
    /// Not UTF-8.
    #[error("row is not UTF-8: convert the file")]
    BrokenUtf8,
    /// A part of the key is missing.
    #[error("column {column} is empty, and the idempotency key needs it")]
    EmptyKey {
        /// The column.
        column: String,
    },
    /// Donor or cause is missing.
    #[error("row has no {what}: none of the columns that name it says anything")]
    EmptyField {
        /// Donor or cause.
        what: &'static str,
    },
    /// A column does not match what the mapping demands.
    #[error("column {column} does not match the pattern {pattern}")]
    PatternMismatch {
        /// The column.
        column: String,
        /// The pattern.
        pattern: String,
    },
    /// Not a day, or not in the mapping's pattern.
    #[error(
        "date {text} is not a day from 1900 to 9999 in the mapping's pattern {pattern}: correct it or the mapping"
    )]
    Date {
        /// What was given, quoted if it has figures and signs only.
        text: String,
        /// The pattern.
        pattern: String,
    },
    /// An amount or a key that the ledger refuses.
    #[error(transparent)]
    Refused(#[from] Rejection),
}

impl RowFault {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::FieldCount { .. } => ErrorCode::FieldCount,
            Self::OpenQuote => ErrorCode::OpenQuote,
            Self::TruncatedRow { .. } => ErrorCode::TruncatedRow,
            Self::BrokenUtf8 => ErrorCode::BrokenUtf8,
            Self::EmptyKey { .. } => ErrorCode::EmptyKey,
            Self::EmptyField { .. } => ErrorCode::EmptyField,
            Self::PatternMismatch { .. } => ErrorCode::PatternMismatch,
            Self::Date { .. } => ErrorCode::ImpossibleDate,
            Self::Refused(rejection) => rejection.code(),
        }
    }
}

/// What a row is.
pub(super) enum Reading {
    /// Wrong.
    Fault(RowFault),
    /// Counted, not posted.
    Set { kind: RowKind, amount: Option<Amount> },
    /// To be decided by the rules.
    Command { kind: RowKind, command: TakeOver },
}

/// Reads rows with the columns of one file.
pub(super) struct Interpreter<'a> {
    mapping: &'a Mapping,
    columns: usize,
    key: Vec<Column>,
    date: Column,
    amount: Column,
    checks: Vec<(Column, &'a Check)>,
    rules: Vec<(Option<(Column, &'a When)>, Then)>,
    donors: Vec<DonorColumns>,
    cause_id: Template,
    cause_name: Option<Template>,
}

#[derive(Clone)]
struct Column {
    name: String,
    position: usize,
}

struct DonorColumns {
    needs: Column,
    id: Template,
    name: Option<Template>,
    kind: DonorKind,
}

impl<'a> Interpreter<'a> {
    /// Finds the mapping's columns among those of a file.
    pub(super) fn new(mapping: &'a Mapping, columns: &[String]) -> Result<Self, MappingError> {
        // Without a header the first row stands in its place, and that is personal: no column is quoted.
        let count = columns.len();
        let missing = |name: &str| {
            let what =
                format!("the file has no column {name:?} among its {count}: check its header and --map");
            MappingError::new(what)
        };
        let twice = |name: &str| MappingError::new(format!("the file has two columns {name:?}: rename one"));
        let column = |name: &String| {
            let mut positions = (0..).zip(columns).filter(|(_, column)| *column == name).map(|(at, _)| at);
            let position = positions.next().ok_or_else(|| missing(name))?;
            if positions.next().is_some() {
                return Err(twice(name));
            }
            Ok::<_, MappingError>(Column { name: name.clone(), position })
        };
        let template = |text: &str| Template::parse(text, columns).map_err(|name| missing(&name));
        let rule = |rule: &'a Rule| {
            let when = rule.when.as_ref().map(|when| Ok::<_, MappingError>((column(&when.column)?, when)));
            Ok::<_, MappingError>((when.transpose()?, rule.then))
        };
        let donor = |field: &super::mapping::DonorField| {
            let name = field.name.as_deref().map(template).transpose()?;
            Ok::<_, MappingError>(DonorColumns {
                needs: column(&field.needs)?,
                id: template(&field.id)?,
                name,
                kind: field.kind,
            })
        };
        Ok(Self {
            mapping,
            columns: columns.len(),
            key: mapping.key_columns.iter().map(column).collect::<Result<_, _>>()?,
            date: column(&mapping.date.column)?,
            amount: column(&mapping.amount_column)?,
            checks: mapping
                .checks
                .iter()
                .map(|check| Ok((column(&check.column)?, check)))
                .collect::<Result<_, MappingError>>()?,
            rules: mapping.rules.iter().map(rule).collect::<Result<_, _>>()?,
            donors: mapping.donors.iter().map(donor).collect::<Result<_, _>>()?,
            cause_id: template(&mapping.cause.id)?,
            cause_name: mapping.cause.name.as_deref().map(template).transpose()?,
        })
    }

    pub(super) fn read(&self, row: &Row) -> Reading {
        self.try_read(row).unwrap_or_else(Reading::Fault)
    }

    fn try_read(&self, row: &Row) -> Result<Reading, RowFault> {
        let fields = self.fields(row)?;
        let text = |column: &Column| fields.get(column.position).map_or("", String::as_str);
        let at = |position: usize| fields.get(position).cloned().unwrap_or_default();
        let case = self.mapping.case;
        let key = self.key(&text)?;
        for (column, check) in &self.checks {
            if !check.pattern.is_match(text(column).trim()) {
                let (column, pattern) = (column.name.clone(), check.pattern.as_str().to_owned());
                return Err(RowFault::PatternMismatch { column, pattern });
            }
        }
        let pattern = &self.mapping.date.pattern;
        let day = Date::parse_with(pattern, text(&self.date).trim())
            .map_err(|error| RowFault::Date { text: error.text, pattern: pattern.clone() })?;
        let minor = self.mapping.currency.parse_minor(text(&self.amount).trim()).map_err(Rejection::from)?;
        let donor = self.donors.iter().find(|donor| !clean(text(&donor.needs)).is_empty());
        let donor = donor.ok_or(RowFault::EmptyField { what: "donor" })?;
        let cause_external_id = self.cause_id.fill(&at, case);
        if cause_external_id.is_empty() {
            return Err(RowFault::EmptyField { what: "cause" });
        }
        let currency = self.mapping.currency;
        let amount = Amount::from_minor(minor.saturating_abs(), currency).ok();
        let sign = if minor < 0 { SignOf::Negative } else { SignOf::Positive };
        let recorded_as = match self.rule_of(&text) {
            Then::Memo => {
                return Ok(Reading::Set { kind: RowKind::Memo(sign), amount });
            }
            Then::PassThrough => {
                return Ok(Reading::Set { kind: RowKind::PassThrough(sign), amount });
            }
            Then::Money { .. } if minor == 0 => RecordedAs::Nothing,
            Then::Money { positive, negative } => match sign {
                SignOf::Positive => positive,
                SignOf::Negative => negative,
            },
        };
        let name = |template: &Template| {
            Some(template.fill(&at, case).trim().to_owned()).filter(|name| !name.is_empty())
        };
        let command = TakeOver {
            key,
            recorded_as,
            donor_external_id: donor.id.fill(&at, case),
            donor_kind: donor.kind,
            donor_name: donor.name.as_ref().and_then(name),
            cause_external_id,
            cause_name: self.cause_name.as_ref().and_then(name),
            currency,
            amount,
            occurred_on: Some(day),
            memo: None,
        };
        Ok(Reading::Command { kind: RowKind::Posted(recorded_as), command })
    }

    fn fields(&self, row: &Row) -> Result<Vec<String>, RowFault> {
        let count = |of: usize| u64::try_from(of).unwrap_or(u64::MAX);
        let (found, expected) = (count(row.fields.len()), count(self.columns));
        let is_open = row.end == RowEnd::FileEnd;
        if row.quotes == Quotes::Open && !is_open {
            return Err(RowFault::OpenQuote);
        }
        if row.quotes == Quotes::Open
            || is_open && (found < expected || self.mapping.last_row == LastRow::MustEnd)
        {
            return Err(RowFault::TruncatedRow { found, expected });
        }
        if found != expected {
            let lines = count(row.original.split(|byte| *byte == b'\n').count());
            return Err(RowFault::FieldCount { lines, found, expected });
        }
        let text = |field: &[u8]| String::from_utf8(field.to_vec()).map_err(|_| RowFault::BrokenUtf8);
        row.fields.iter().map(text).collect()
    }

    /// The parts of the key, joined so that different parts never make the same key.
    fn key<'t>(&self, text: &dyn Fn(&Column) -> &'t str) -> Result<String, RowFault> {
        let mut key = self.mapping.key_prefix.clone();
        for column in &self.key {
            let part = text(column).trim();
            if part.is_empty() {
                return Err(RowFault::EmptyKey { column: column.name.clone() });
            }
            key.push('/');
            key.push_str(&part.replace('%', "%25").replace('/', "%2F"));
        }
        check_key(&key)?;
        Ok(key)
    }

    fn rule_of<'t>(&self, text: &dyn Fn(&Column) -> &'t str) -> Then {
        let fits = |(when, _): &&(Option<(Column, &When)>, Then)| {
            let Some((column, when)) = when else { return true };
            let value = clean(text(column));
            when.is.contains(&value) || when.starts_with.iter().any(|start| value.starts_with(start.as_str()))
        };
        // The last rule always fits; the mapping was refused otherwise.
        self.rules.iter().find(fits).map_or(Then::Memo, |(_, then)| *then)
    }
}
