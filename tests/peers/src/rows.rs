//! The rows of the table: what is compared with what, and the target of each.

use crate::runs::{Run, Work};
use crate::store::Engine::{Doubleentry, Ledger, Postgres, Raw, Sqlite};

/// A figure of a run.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The run.
    pub run: Run,
    /// Which of its figures.
    pub figure: &'static str,
}

/// How a row comes to its value.
#[derive(Debug, Clone, Copy)]
pub enum Formula {
    /// The first over the second, round by round.
    Ratio(Reading, Reading),
    /// As it was measured.
    Value(Reading),
    /// Of a size that this run of the program leaves out.
    LeftOut,
}

impl Formula {
    fn runs(self) -> Vec<Run> {
        match self {
            Self::Ratio(of, over) => vec![of.run, over.run],
            Self::Value(reading) => vec![reading.run],
            Self::LeftOut => Vec::new(),
        }
    }
}

/// What the value should be.
#[derive(Debug, Clone)]
pub enum Target {
    /// So much or more.
    AtLeast(f64),
    /// As `AtLeast`; where one sync takes over a millisecond all wait for the disk alone, and nothing is judged.
    AtLeastUnlessBoundByDisk(f64),
    /// So much or less.
    AtMost(f64),
    /// No less than the median of another formula.
    NoLessThan(Formula),
    /// Nothing was promised.
    Reported,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it says.
    pub name: String,
    /// Its unit.
    pub unit: &'static str,
    /// How it comes to its value.
    pub formula: Formula,
    /// What it should be.
    pub target: Target,
}

impl Row {
    /// What has to be run for it.
    pub fn runs(&self) -> Vec<Run> {
        match (self.formula, &self.target) {
            (Formula::LeftOut, _) => Vec::new(),
            (formula, Target::NoLessThan(other)) => [formula.runs(), other.runs()].concat(),
            (formula, _) => formula.runs(),
        }
    }
}

/// Donations of each work.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    one: u64,
    many: u64,
    /// Bulk, where every store can.
    bulk: u64,
    bulk_doubleentry: u64,
    /// What is left after bulk: read, opened, weighed.
    rest: u64,
    /// Bulk at 100 k, 1 M and 3 M, which a quick run leaves out.
    growth: Option<[u64; 3]>,
}

impl Sizes {
    /// The full run.
    pub const FULL: Self = Self {
        one: 5_000,
        many: 64_000,
        bulk: 64_000,
        bulk_doubleentry: 64_000,
        rest: 1_000_000,
        growth: Some([100_000, 1_000_000, 3_000_000]),
    };
    /// The quick run.
    pub const QUICK: Self =
        Self { one: 1_000, many: 10_000, bulk: 64_000, bulk_doubleentry: 10_000, rest: 64_000, growth: None };
}

fn run(engine: crate::store::Engine, work: Work, size: u64) -> Run {
    Run { engine, work, size }
}

fn rate(engine: crate::store::Engine, work: Work, size: u64) -> Reading {
    Reading { run: run(engine, work, size), figure: "per_second" }
}

fn row(name: &str, unit: &'static str, formula: Formula, target: Target) -> Row {
    Row { name: name.to_owned(), unit, formula, target }
}

/// Every row, in the order of the table.
pub fn rows(sizes: Sizes) -> Vec<Row> {
    [one_client(sizes), many_clients(sizes), bulk(sizes), cost(sizes), openings(sizes), reads(sizes)].concat()
}

fn times(name: &str, of: Reading, over: Reading, target: Target) -> Row {
    row(name, "x", Formula::Ratio(of, over), target)
}

fn one_client(sizes: Sizes) -> Vec<Row> {
    let ours = rate(Ledger, Work::One, sizes.one);
    let over = |engine, work| rate(engine, work, sizes.one);
    vec![
        times(
            "1 client: ledger / sqlite",
            ours,
            over(Sqlite, Work::One),
            Target::AtLeastUnlessBoundByDisk(2.0),
        ),
        times("1 client: ledger / raw log, growing", ours, over(Raw, Work::One), Target::AtLeast(1.0)),
        times(
            "1 client: ledger / raw log, preallocated",
            ours,
            over(Raw, Work::OnePreallocated),
            Target::AtLeast(0.7),
        ),
        times("1 client: ledger / doubleentry", ours, over(Doubleentry, Work::One), Target::AtLeast(4.0)),
        times("1 client: ledger / postgres", ours, over(Postgres, Work::One), Target::AtLeast(3.0)),
    ]
}

fn many_clients(sizes: Sizes) -> Vec<Row> {
    let ours = rate(Ledger, Work::Many, sizes.many);
    let over = |engine| rate(engine, Work::Many, sizes.many);
    let beside = run(Ledger, Work::ReadersBeside, sizes.many);
    let page = Formula::Value(Reading { run: beside, figure: "p99_ms" });
    vec![
        times(
            "64 clients: ledger / sqlite behind one writer thread",
            ours,
            over(Sqlite),
            Target::AtLeast(4.0),
        ),
        times("64 clients: ledger / raw log, grouped", ours, over(Raw), Target::AtLeast(0.6)),
        times("64 clients: ledger / postgres", ours, over(Postgres), Target::AtLeast(20.0)),
        row("readers beside 64 writers: p99 of a donor's page", "ms", page, Target::AtMost(5.0)),
    ]
}

fn bulk(sizes: Sizes) -> Vec<Row> {
    let ratio = |engine, size| Formula::Ratio(rate(Ledger, Work::Bulk, size), rate(engine, Work::Bulk, size));
    let first = ratio(Sqlite, sizes.bulk);
    let mut rows = vec![row("bulk of 64 k: ledger / sqlite", "x", first, Target::AtLeast(8.0))];
    let [small, large, largest] = sizes.growth.map_or([None; 3], |sizes| sizes.map(Some));
    let or_left_out = |formula: Option<Formula>| formula.unwrap_or(Formula::LeftOut);
    for (name, size) in [("1 M", large), ("3 M", largest)] {
        let formula = or_left_out(size.map(|size| ratio(Sqlite, size)));
        let name = format!("bulk of {name}: ledger / sqlite");
        rows.push(row(&name, "x", formula, Target::NoLessThan(first)));
    }
    rows.extend([
        row(
            "bulk: ledger / doubleentry",
            "x",
            ratio(Doubleentry, sizes.bulk_doubleentry),
            Target::AtLeast(20.0),
        ),
        row("bulk: ledger / postgres", "x", ratio(Postgres, sizes.bulk), Target::AtLeast(15.0)),
        row("bulk: ledger / raw log", "x", ratio(Raw, sizes.bulk), Target::Reported),
    ]);
    for (name, size) in [("1 M", large), ("3 M", largest)] {
        let of = |size| rate(Ledger, Work::Bulk, size);
        let formula = size.zip(small).map(|(size, small)| Formula::Ratio(of(size), of(small)));
        let name = format!("growth: ledger's bulk of {name} / of 100 k");
        rows.push(row(&name, "x", or_left_out(formula), Target::AtLeast(0.75)));
    }
    rows
}

fn cost(sizes: Sizes) -> Vec<Row> {
    let value = |work, size, figure| Formula::Value(Reading { run: run(Ledger, work, size), figure });
    let largest = sizes.growth.map(|[_, _, largest]| largest);
    let peak = largest.map_or(Formula::LeftOut, |size| value(Work::Bulk, size, "peak_mb"));
    vec![
        row(
            "processor time of a donation in bulk",
            "us",
            value(Work::Bulk, sizes.rest, "cpu_us"),
            Target::AtMost(6.0),
        ),
        row(
            "processor time of a donation in bulk, FEC order",
            "us",
            value(Work::BulkFec, sizes.rest, "cpu_us"),
            Target::Reported,
        ),
        row(
            "disk for a donation in bulk",
            "B",
            value(Work::Bulk, sizes.rest, "disk_bytes"),
            Target::AtMost(450.0),
        ),
        row("peak memory at 3 M donations", "MB", peak, Target::AtMost(300.0)),
        row("import of the gifts of 2016", "s", value(Work::Import, 0, "seconds"), Target::AtMost(6.0)),
    ]
}

fn openings(sizes: Sizes) -> Vec<Row> {
    let value = |figure| Formula::Value(Reading { run: run(Ledger, Work::Openings, sizes.rest), figure });
    // A small ledger says nothing of a million: what opening costs at all would be multiplied.
    let at_most =
        |limit| if sizes.rest == Sizes::FULL.rest { Target::AtMost(limit) } else { Target::Reported };
    vec![
        row("open after a clean close, per million donations", "s", value("clean_s"), at_most(0.3)),
        row("open after a kill, per million donations", "s", value("killed_s"), at_most(2.0)),
        row("open after a power cut, per million donations", "s", value("power_cut_s"), at_most(5.0)),
        row(
            "rebuild the state, donations a second",
            "/s",
            value("rebuild_per_second"),
            Target::AtLeast(200_000.0),
        ),
        row(
            "verify everything, donations a second",
            "/s",
            value("audit_per_second"),
            Target::AtLeast(400_000.0),
        ),
    ]
}

fn reads(sizes: Sizes) -> Vec<Row> {
    let kinds = [
        ("balance of an account", "balance_per_second"),
        ("donation by key", "by_key_per_second"),
        ("last 20 of a donor", "donor_page_per_second"),
        ("last 100 of a cause", "cause_page_per_second"),
    ];
    kinds
        .into_iter()
        .map(|(name, figure)| {
            let of = |engine| Reading { run: run(engine, Work::Reads, sizes.rest), figure };
            times(&format!("read {name}: ledger / sqlite"), of(Ledger), of(Sqlite), Target::AtLeast(1.0))
        })
        .collect()
}
