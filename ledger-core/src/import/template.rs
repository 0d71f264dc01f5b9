//! Texts made from columns: `{LAST}, {FIRST}|{ZIP:5}`. A column's value is cleaned; `:5` takes its first five
//! characters.

use serde::Deserialize;

/// A text with columns in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Column { position: usize, first: Option<usize> },
}

impl Template {
    /// Reads a template; the error is the name that is no column.
    pub fn parse(text: &str, columns: &[String]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, behind) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            let (name, first) = match inside.split_once(':') {
                Some((name, count)) => (name, Some(count.parse().map_err(|_| inside.to_owned())?)),
                None => (inside, None),
            };
            let position = columns.iter().position(|column| column == name).ok_or_else(|| name.to_owned())?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Column { position, first });
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// The text for a row.
    pub fn fill(&self, field: &dyn Fn(usize) -> String, case: Case) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(literal) => text.push_str(literal),
                Piece::Column { position, first } => {
                    let value = tidied(&field(*position));
                    let value = if case == Case::Upper { value.to_uppercase() } else { value };
                    text.extend(value.chars().take(first.unwrap_or(usize::MAX)));
                }
            }
        }
        text
    }
}

/// Whether names and ids keep their letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// As they stand.
    #[default]
    Keep,
    /// In upper case, for files that spell the same name both ways.
    Upper,
}

/// A value as rules compare it: tidied, in upper case.
pub fn clean(value: &str) -> String {
    tidied(value).to_uppercase()
}

/// A value without surrounding blanks and one pair of literal quotes, runs of blanks as one.
fn tidied(value: &str) -> String {
    let trimmed = value.trim();
    let inner = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(trimmed);
    inner.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cleaned_and_cut() {
        let columns = ["LAST".to_owned(), "ZIP".to_owned()];
        let template = Template::parse("{LAST}|{ZIP:5}", &columns).unwrap();
        let row = ["  \"O'Neil   jr\" ", "021391234"];
        assert_eq!(template.fill(&|at| row[at].to_owned(), Case::Upper), "O'NEIL JR|02139");
        assert_eq!(template.fill(&|at| row[at].to_owned(), Case::Keep), "O'Neil jr|02139");
        assert_eq!(clean("\""), "\"");
        assert_eq!(Template::parse("{NAME}", &columns), Err("NAME".to_owned()));
        assert!(Template::parse("{LAST", &columns).is_err());
    }
}
