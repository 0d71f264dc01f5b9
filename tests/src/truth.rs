//! `truth.json`: the figures that another program, in another language, made of the real data.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// What is true of one file.
pub struct Truth(Value);

impl Truth {
    /// Reads the figures of a file of the data.
    pub fn of(data: &Path, file: &str) -> Self {
        let text = std::fs::read_to_string(data.join("truth.json")).expect("truth.json is beside the data");
        let all: Value = serde_json::from_str(&text).expect("truth.json is JSON");
        let one = all.get(file).expect("truth.json has every file").clone();
        Self(one)
    }

    /// A count of rows or things.
    pub fn count(&self, name: &str) -> u64 {
        self.field(name).as_u64().expect("a count")
    }

    /// A signed sum of cents.
    pub fn cents(&self, name: &str) -> i128 {
        self.field(name).as_i64().expect("a sum").into()
    }

    /// A list of the largest: name and signed cents, largest first, then by name.
    pub fn top(&self, name: &str) -> Vec<(String, i128)> {
        let list = self.field(name).as_array().expect("a list");
        list.iter()
            .map(|line| {
                let name = line[0].as_str().expect("a name").to_owned();
                (name, line[1].as_i64().expect("a sum").into())
            })
            .collect()
    }

    /// Signed cents of each month, by its name as `2016-03`.
    pub fn months(&self) -> BTreeMap<String, i128> {
        let months = self.field("by_month_cents").as_object().expect("months");
        let named = |(name, cents): (&String, &Value)| {
            let (year, month) = name.split_at(4);
            (format!("{year}-{month}"), i128::from(cents.as_i64().expect("a sum")))
        };
        months.iter().map(named).collect()
    }

    fn field(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or_else(|| panic!("truth.json has no {name}"))
    }
}
