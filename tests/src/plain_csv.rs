//! A reader of delimited text that shares no code with the import it checks, and the sums that follow.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;

/// The text in a gzip file; broken bytes become the replacement character, as Python reads them.
pub fn text_of(path: &Path) -> String {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes).expect("gzip");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The rows of a CSV text: cells may be quoted, hold doubled quotes, commas and line ends.
pub fn quoted_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut in_quotes = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => row.push(std::mem::take(&mut cell)),
            '\r' if !in_quotes => {}
            '\n' if !in_quotes => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    assert!(!in_quotes && cell.is_empty() && row.is_empty(), "ends with a whole row");
    rows
}

/// A cell as names are compared: no blanks around, one pair of quotes off, runs of blanks as one, upper case.
pub fn cleaned(cell: &str) -> String {
    let mut inner = cell.trim();
    if inner.len() > 1 && inner.starts_with('"') && inner.ends_with('"') {
        inner = &inner[1..inner.len() - 1];
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    words.join(" ").to_uppercase()
}

/// `-12.3` as -1230.
pub fn cents(cell: &str) -> i128 {
    let (sign, digits) = cell.trim().strip_prefix('-').map_or((1, cell.trim()), |rest| (-1, rest));
    let (units, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(fraction.len() <= 2, "{cell} is no amount of dollars");
    let joined = format!("{units}{fraction:0<2}");
    sign * joined.parse::<i128>().expect("an amount")
}

/// What somebody gave or a cause was given, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Gifts.
    pub gross: i128,
    /// Refunds, positive.
    pub refunded: i128,
    /// Everything else, signed.
    pub adjusted: i128,
    /// How many gifts.
    pub gifts: u64,
}

impl Figures {
    /// What is left.
    pub fn net(&self) -> i128 {
        self.gross - self.refunded + self.adjusted
    }
}

/// How a row that moves money, or would, changes the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Positive is a gift, negative an adjustment.
    In,
    /// Positive is a refund, negative one that was voided.
    Out,
}

/// Figures of every donor and every cause.
#[derive(Debug, Default)]
pub struct Sums {
    /// By external id.
    pub donors: BTreeMap<String, Figures>,
    /// By external id.
    pub causes: BTreeMap<String, Figures>,
}

impl Sums {
    /// Adds a row. One with the amount zero makes donor and cause known, no more.
    pub fn add(&mut self, donor: String, cause: String, direction: Direction, cents: i128) {
        for figures in [self.donors.entry(donor).or_default(), self.causes.entry(cause).or_default()] {
            match (direction, cents) {
                (_, 0) => {}
                (Direction::In, 1..) => {
                    figures.gross += cents;
                    figures.gifts += 1;
                }
                (Direction::Out, 1..) => figures.refunded += cents,
                (Direction::In, _) => figures.adjusted += cents,
                (Direction::Out, _) => figures.adjusted -= cents,
            }
        }
    }

    /// The largest by net, then by name.
    pub fn top(figures: &BTreeMap<String, Figures>, count: usize) -> Vec<(String, i128)> {
        let mut all: Vec<(String, i128)> =
            figures.iter().map(|(name, figures)| (name.clone(), figures.net())).collect();
        all.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        all.truncate(count);
        all
    }
}
