//! Mappings: which columns make the donor, the cause, the amount, the date and the key of a row, and which
//! values decide what it is. Written in TOML; `docs/importing.md` explains every field.

use regex_lite::Regex;
use serde::Deserialize;

use super::template::{Case, clean};
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::donor::DonorKind;
use crate::machine::command::RecordedAs;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::money::Currency;

/// The mappings that come with the library.
const SHIPPED: [(&str, &str); 3] = [
    ("fec-schedule-a", include_str!("../../mappings/fec-schedule-a.toml")),
    ("fec-schedule-b", include_str!("../../mappings/fec-schedule-b.toml")),
    ("fec-itcont", include_str!("../../mappings/fec-itcont.toml")),
];

/// How the rows of a file are read.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub(super) currency: Currency,
    pub(super) delimiter: u8,
    pub(super) quotes: bool,
    pub(super) header: bool,
    pub(super) columns: Vec<String>,
    pub(super) last_row: LastRow,
    pub(super) case: Case,
    pub(super) key_prefix: String,
    pub(super) key_columns: Vec<String>,
    pub(super) date: DateField,
    pub(super) amount_column: String,
    pub(super) cause: CauseField,
    pub(super) donors: Vec<DonorField>,
    pub(super) checks: Vec<Check>,
    pub(super) rules: Vec<Rule>,
}

/// A mapping that cannot be read, or does not fit a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("mapping: {what}")]
pub struct MappingError {
    what: String,
}

impl MappingError {
    pub(super) fn new(what: String) -> Self {
        Self { what }
    }

    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        ErrorCode::InvalidMapping
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    #[serde(rename = "name")]
    _name: String,
    currency: String,
    format: FormatField,
    key: KeyField,
    date: DateField,
    amount: AmountField,
    cause: CauseField,
    donor: Vec<DonorField>,
    #[serde(default)]
    check: Vec<CheckField>,
    rule: Vec<RuleField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatField {
    delimiter: String,
    quotes: bool,
    header: bool,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    last_row: LastRow,
    #[serde(default)]
    case: Case,
}

/// Whether the last row of a file must have a line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LastRow {
    /// It may end with the file.
    #[default]
    MayBeOpen,
    /// Without a line end it counts as cut off: for files whose last field is part of the key.
    MustEnd,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyField {
    prefix: String,
    columns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AmountField {
    column: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateField {
    pub column: String,
    pub pattern: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CauseField {
    pub id: String,
    pub name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DonorField {
    pub needs: String,
    pub id: String,
    pub name: Option<String>,
    pub kind: DonorKind,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckField {
    column: String,
    pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleField {
    column: Option<String>,
    #[serde(default)]
    is: Vec<String>,
    #[serde(default)]
    starts_with: Vec<String>,
    kind: Option<String>,
    positive: Option<String>,
    negative: Option<String>,
}

/// A pattern that a column must match.
#[derive(Debug, Clone)]
pub(super) struct Check {
    pub column: String,
    pub pattern: Regex,
}

/// What decides the kind of a row.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// The column and the values or beginnings that fit, compared cleaned; `None` always fits.
    pub when: Option<When>,
    pub then: Then,
}

#[derive(Debug, Clone)]
pub(super) struct When {
    pub column: String,
    pub is: Vec<String>,
    pub starts_with: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Memo,
    PassThrough,
    Money { positive: RecordedAs, negative: RecordedAs },
}

impl Mapping {
    /// A mapping that comes with the library: `fec-schedule-a`, `fec-schedule-b` or `fec-itcont`.
    pub fn shipped(name: &str) -> Option<Result<Self, MappingError>> {
        SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| Self::parse(text))
    }

    /// The names of the mappings that come with the library.
    pub fn shipped_names() -> Vec<&'static str> {
        SHIPPED.iter().map(|(name, _)| *name).collect()
    }

    /// Reads a mapping.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let file: MappingFile =
            toml::from_str(text).map_err(|error| MappingError::new(error.to_string().trim().to_owned()))?;
        let delimiter = match file.format.delimiter.as_bytes() {
            [one] => *one,
            _ => {
                return Err(MappingError::new("format.delimiter must be one ASCII character".to_owned()));
            }
        };
        if file.format.header != file.format.columns.is_empty() {
            return Err(MappingError::new("format needs either header = true or columns = [...]".to_owned()));
        }
        if file.key.columns.is_empty() {
            return Err(MappingError::new("key.columns must name at least one column".to_owned()));
        }
        if file.donor.is_empty() {
            return Err(MappingError::new("at least one [[donor]] is needed".to_owned()));
        }
        let catch_all = file.rule.iter().position(|rule| rule.column.is_none());
        if catch_all.is_some_and(|at| at.saturating_add(1) < file.rule.len()) {
            return Err(MappingError::new(
                "a rule without a column fits every row: it must be the last".to_owned(),
            ));
        }
        if file.rule.last().is_none_or(|rule| rule.column.is_some()) {
            return Err(MappingError::new(
                "the last rule must have no column, so that every row has a kind".to_owned(),
            ));
        }
        let checks = file.check.into_iter().map(|check| {
            let pattern = Regex::new(&check.pattern)
                .map_err(|error| MappingError::new(format!("check of {}: {error}", check.column)))?;
            Ok(Check { column: check.column, pattern })
        });
        Ok(Self {
            currency: file.currency.parse().map_err(|error| MappingError::new(format!("{error}")))?,
            delimiter,
            quotes: file.format.quotes,
            header: file.format.header,
            columns: file.format.columns,
            last_row: file.format.last_row,
            case: file.format.case,
            key_prefix: file.key.prefix,
            key_columns: file.key.columns,
            date: file.date,
            amount_column: file.amount.column,
            cause: file.cause,
            donors: file.donor,
            checks: checks.collect::<Result<_, MappingError>>()?,
            rules: file.rule.into_iter().map(rule).collect::<Result<_, _>>()?,
        })
    }
}

fn rule(field: RuleField) -> Result<Rule, MappingError> {
    let then = match (field.kind.as_deref(), field.positive.as_deref(), field.negative.as_deref()) {
        (Some("memo"), None, None) => Then::Memo,
        (Some("pass_through"), None, None) => Then::PassThrough,
        (None, Some(positive), Some(negative)) => {
            Then::Money { positive: recorded_as(positive)?, negative: recorded_as(negative)? }
        }
        _ => {
            let what = "a rule has either kind = \"memo\" or \"pass_through\", or both positive and negative";
            return Err(MappingError::new(what.to_owned()));
        }
    };
    let has_values = !field.is.is_empty() || !field.starts_with.is_empty();
    if field.column.is_some() != has_values {
        return Err(MappingError::new(
            "a rule has a column and values (is, starts_with), or neither".to_owned(),
        ));
    }
    // Values of rows are compared cleaned, so these are too.
    let cleaned = |values: Vec<String>| values.iter().map(|value| clean(value)).collect();
    let (is, starts_with) = (cleaned(field.is), cleaned(field.starts_with));
    let when = field.column.map(|column| When { column, is, starts_with });
    Ok(Rule { when, then })
}

fn recorded_as(word: &str) -> Result<RecordedAs, MappingError> {
    if word == "gift" {
        return Ok(RecordedAs::Gift);
    }
    let reason = AdjustmentReason::ALL.into_iter().find(|reason| reason.word() == word);
    let unknown = || MappingError::new(format!("{word:?} is neither gift nor a reason of adjustments"));
    Ok(RecordedAs::Adjustment { reason: reason.ok_or_else(unknown)? })
}
