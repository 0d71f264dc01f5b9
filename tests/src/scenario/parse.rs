//! Reads a scenario file into steps, and writes it back with other answers.

use std::collections::BTreeSet;

use ledger_core::BookMode;

/// A scenario file.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name: the file's, without the ending.
    pub name: String,
    /// What its `needs` line asks for: `folder` or nothing.
    pub needs: Option<String>,
    /// Whose books, where its `mode` line says so; without one it is run for both.
    pub mode: Option<BookMode>,
    /// The time at which it begins, from a `clock` line before the first step.
    pub clock: Option<String>,
    /// Its lines in order: steps, and everything between them.
    pub pieces: Vec<Piece>,
}

/// A stretch of a scenario file.
#[derive(Debug, Clone)]
pub enum Piece {
    /// A comment, a blank line or a directive, as it stands.
    Text(String),
    /// A step and its answers.
    Step(Step),
}

/// One step: a verb, words, fields, and what it must answer.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// The number of its line, from 1.
    pub line: usize,
    /// Its lines as they stand: one, or a whole batch, or with the rows of a file.
    pub source: Vec<String>,
    /// What is done; begins with `!` where a testkit is needed.
    pub verb: String,
    /// What stands without an equals sign after the verb.
    pub words: Vec<String>,
    /// What stands with one, in order.
    pub fields: Vec<(String, String)>,
    /// The rows of a file that is imported.
    pub body: Vec<String>,
    /// The steps of a batch.
    pub inner: Vec<Step>,
    /// What it must answer.
    pub expected: Vec<String>,
}

impl Step {
    /// The step with its number in the place of `{n}` in fields.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Self {
        let mut step = self.clone();
        let values = step.fields.iter_mut().map(|(_, value)| value);
        for value in values.chain(&mut step.words) {
            if value.contains("{n}") {
                *value = value.replace("{n}", &number.to_string());
            }
        }
        step
    }
}

impl Scenario {
    /// The steps in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Step(step) => Some(step),
            Piece::Text(_) => None,
        })
    }

    /// The file with these answers, one list for each step.
    pub fn with_answers(&self, answers: &[Vec<String>]) -> String {
        let mut text = String::new();
        let mut answers = answers.iter();
        let mut put = |line: &str| {
            text.push_str(line);
            text.push('\n');
        };
        for piece in &self.pieces {
            match piece {
                Piece::Text(line) => put(line),
                Piece::Step(step) => {
                    step.source.iter().for_each(|line| put(line));
                    for answer in answers.next().into_iter().flatten() {
                        put(&format!("= {answer}"));
                    }
                }
            }
        }
        text
    }
}

/// Reads a scenario; what is no scenario panics with the number of the line.
pub fn scenario(name: &str, text: &str) -> Scenario {
    let mut read =
        Scenario { name: name.to_owned(), needs: None, mode: None, clock: None, pieces: Vec::new() };
    let mut batch: Option<Step> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let place = format!("{name}.txt:{number}");
        if let Some(mut open) = batch.take() {
            open.source.push(line.to_owned());
            if line == "end" {
                read.pieces.push(Piece::Step(open));
                continue;
            }
            if !is_text(line) {
                open.inner.push(step(line, number, &place));
            }
            batch = Some(open);
        } else if let Some(row) = line.strip_prefix("> ") {
            match read.pieces.last_mut() {
                Some(Piece::Step(step)) => {
                    step.source.push(line.to_owned());
                    step.body.push(row.to_owned());
                }
                _ => panic!("{place}: a row without a step"),
            }
        } else if let Some(answer) = line.strip_prefix("= ") {
            match read.pieces.last_mut() {
                Some(Piece::Step(step)) => step.expected.push(answer.to_owned()),
                _ => panic!("{place}: an answer without a step"),
            }
        } else if is_text(line) || directive(&mut read, line) {
            read.pieces.push(Piece::Text(line.to_owned()));
        } else {
            let step = step(line, number, &place);
            if step.verb == "batch" {
                batch = Some(step);
            } else {
                read.pieces.push(Piece::Step(step));
            }
        }
    }
    assert!(batch.is_none(), "{name}.txt: a batch without its end");
    read
}

fn is_text(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// Notes a directive, which stands before the first step; false when the line is none.
fn directive(read: &mut Scenario, line: &str) -> bool {
    if read.steps().next().is_some() {
        return false;
    }
    match line.split_once(' ') {
        Some(("needs", what)) => read.needs = Some(what.to_owned()),
        Some(("clock", time)) => read.clock = Some(time.to_owned()),
        Some(("mode", word)) => read.mode = Some(BookMode::from_word(word).expect("agency or principal")),
        _ => return false,
    }
    true
}

/// A row of a step, read as a step of its own.
pub fn row(line: &str) -> Step {
    step(line, 0, "a row")
}

fn step(line: &str, number: usize, place: &str) -> Step {
    let mut step = Step { line: number, source: vec![line.to_owned()], ..Step::default() };
    let mut rest = line;
    let mut marked = "";
    if let Some(after) = line.strip_prefix("! ") {
        (rest, marked) = (after, "!");
    }
    let mut tokens = tokens(rest, place).into_iter();
    match tokens.next() {
        Some((None, verb)) => step.verb = format!("{marked}{verb}"),
        _ => panic!("{place}: a step begins with a verb"),
    }
    for token in tokens {
        match token {
            (None, word) => step.words.push(word),
            (Some(name), value) => step.fields.push((name, value)),
        }
    }
    step
}

/// A word, or a field with its name.
type Token = (Option<String>, String);

fn tokens(line: &str, place: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = line.chars().peekable();
    while chars.peek().is_some() {
        let (mut name, mut text, mut any) = (None, String::new(), false);
        while let Some(each) = chars.next_if(|each| *each != ' ') {
            any = true;
            match each {
                '"' => quoted(&mut chars, &mut text, place),
                '=' if name.is_none() => name = Some(core::mem::take(&mut text)),
                _ => text.push(each),
            }
        }
        if any {
            tokens.push((name, text));
        }
        chars.next();
    }
    tokens
}

/// What stands between double quotes: `\n`, `\t`, `\"`, `\\` and `\x07` stand for what they do in C.
fn quoted(chars: &mut impl Iterator<Item = char>, text: &mut String, place: &str) {
    loop {
        let each = chars.next();
        match each.unwrap_or_else(|| panic!("{place}: a quote that does not end")) {
            '"' => return,
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('x') => {
                    let digits: String = chars.by_ref().take(2).collect();
                    let code = u8::from_str_radix(&digits, 16).expect("two hexadecimal digits after \\x");
                    text.push(char::from(code));
                }
                Some(same @ ('"' | '\\')) => text.push(same),
                other => panic!("{place}: unknown escape {other:?}"),
            },
            each => text.push(each),
        }
    }
}

/// The numbers of all error codes that the answers of a scenario show.
pub fn codes_in(scenario: &Scenario) -> BTreeSet<u16> {
    let number = |answer: &String| {
        if let Some(refused) = answer.strip_prefix("fact_refused ") {
            return refused.get(..4)?.parse().ok();
        }
        let (_, after) = answer.split_once("error ")?;
        let is_error = answer.starts_with("error ") || answer.contains(": error ");
        after.get(..4)?.parse().ok().filter(|_| is_error)
    };
    scenario.steps().flat_map(|step| step.expected.iter().filter_map(number)).collect()
}
