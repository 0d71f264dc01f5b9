//! What the processes that are killed and the tests that kill them agree on.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use ledger_core::Options;

use crate::dice::Dice;

/// Gifts that the giver submits together by the way `batches`.
pub const BATCH: u32 = 25;
/// And by the way `bulk`.
pub const BULK: u32 = 1_000;
/// Writers of the way `threads`.
pub const THREADS: u32 = 64;
/// Gifts that the opener gives between two openings or rebuilds.
pub const GIFTS_OF_A_ROUND: u32 = 2;

/// Writers of the way `backing`.
pub const BACKING_THREADS: u32 = 8;

/// The ways in which a process is killed, each with a test of its own. Whoever adds a way adds a name, an arm in the
/// program that is killed, and a test.
pub const WAYS: [&str; 7] = ["singly", "batches", "bulk", "threads", "backing", "opening", "rebuilding"];

/// What a line begins with that tells of a finished backup, before its last record.
pub const BACKED_UP: &str = "backed up to ";

/// What a line begins with that tells of an opening, before its last record.
pub const READY: &str = "ready ";
/// What a line begins with that tells of a message that was sent, before its notice.
pub const MESSAGE: &str = "message ";

/// Where the process that is killed backs the ledger of a folder up to.
pub fn copy_of(folder: &Path) -> PathBuf {
    folder.with_extension("copy")
}

/// Small segments and checkpoints, so that kills fall into rolls and checkpoints too.
pub fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(150)
}

/// A number that the long share of the tests sets by a variable of the environment.
pub fn number_from(variable: &str, otherwise: u32) -> u32 {
    std::env::var(variable).map_or(otherwise, |given| given.parse().expect("a number in the variable"))
}

/// How many kills each way gets: of `LEDGER_KILLS`, which says how many there are in all.
pub fn kills_of_a_way() -> u32 {
    let ways = u32::try_from(WAYS.len()).expect("a few ways");
    number_from("LEDGER_KILLS", 40).div_ceil(ways)
}

/// The moment of a kill: after so many lines of output, and so many times that the killer stood back.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Lines that were read first.
    pub lines: u64,
    /// Looks at nothing after them.
    pub yields: u64,
}

impl Moment {
    /// After one of some counts of lines; short waits as often as long ones.
    pub fn roll(dice: &mut Dice, lines: &[u64], yields_bits: u64) -> Self {
        let bits = dice.below(yields_bits + 1);
        Self { lines: dice.pick(lines), yields: dice.below(1 << bits) }
    }
}

/// A process whose output says how far it is.
pub struct Victim {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Victim {
    /// Starts a program.
    pub fn start(program: &str, folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.arg(folder).args(arguments).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    /// Lets it come to its own end. Gives all lines that it wrote, and whether it ended well.
    pub fn end(mut self) -> (Vec<String>, bool) {
        let mut output = String::new();
        self.output.read_to_string(&mut output).unwrap();
        (output.lines().map(str::to_owned).collect(), self.child.wait().unwrap().success())
    }

    /// Kills it at a moment. Gives all whole lines that it wrote, and whether it was killed while it ran.
    pub fn kill_at(mut self, moment: Moment) -> (Vec<String>, bool) {
        let (mut lines, mut line, mut read) = (Vec::new(), String::new(), 0);
        while read < moment.lines {
            line.clear();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the process stopped by itself");
            lines.push(line.trim_end().to_owned());
            read += 1;
        }
        for _ in 0..moment.yields {
            std::thread::yield_now();
        }
        // SIGKILL on every Unix: the process runs no code of its own any more.
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        let whole = rest.rsplit_once('\n').map_or("", |(whole, _)| whole);
        lines.extend(whole.lines().map(str::to_owned));
        // Without a code it was ended by the signal; with one it had come to its own end before.
        (lines, status.code().is_none())
    }
}
