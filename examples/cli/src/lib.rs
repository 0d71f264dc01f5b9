//! The operator's tool. It uses the public API of `ledger-core` and nothing else; the program `ledger` and the console
//! script of the Python package are both [`operate`].

mod acts;
mod amounts;
mod args;
mod beside;
mod bookkeeping;
mod collecting;
mod corrections;
mod demo;
mod disputes;
mod donations;
mod donors;
mod facts;
mod fees;
mod gift;
mod gift_life;
mod import;
mod keeping;
mod life;
mod lists;
mod notices;
mod owed;
mod past;
mod payouts;
mod problem;
mod reading;
mod reconcile;
mod refunds;
mod screen;
mod settlements;
mod standing;
mod unidentified;
mod writing;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use ledger_core::{Ledger, Opening, Options, StatePolicy};

use self::args::{Args, Task};
use self::problem::Problem;
use self::screen::Screen;

/// Does what the words of a command line say, the program's own name first; what it ends with: 0 where it was done, 1
/// where it was not, 2 where the words make no sense. It writes to standard output and standard error.
pub fn operate(words: impl IntoIterator<Item = OsString>) -> u8 {
    let args = match Args::try_parse_from(words) {
        Ok(args) => args,
        // Help that was asked for is told like this too, and is no error.
        Err(told) => {
            let _ = told.print();
            return u8::try_from(told.exit_code()).unwrap_or(2);
        }
    };
    let mut screen = Screen::standard();
    let outcome = run(&args, &mut screen);
    // What is still buffered may fail to be written as well: then the task is not done.
    match outcome.and_then(|code| screen.finish().map(|()| code)) {
        Ok(code) => u8::from(code != ExitCode::SUCCESS),
        Err(problem) if problem.is_closed_pipe() => 0,
        Err(problem) => {
            screen.complain(&problem);
            problem.exit_code()
        }
    }
}

fn run(args: &Args, screen: &mut Screen) -> Result<ExitCode, Problem> {
    if (args.read_only || args.up_to_damage) && !args.task.only_reads() {
        let flag = if args.read_only { "--read-only" } else { "--up-to-damage" };
        return Err(Problem::usage(&format!(
            "{flag} is for tasks that read the book, and this one does not"
        )));
    }
    // These need no --dir.
    if let Task::Demo = args.task {
        return demo::run(screen);
    }
    if let Task::Restore(task) = &args.task {
        return keeping::restore(task, screen);
    }
    if let Task::Follow(task) = &args.task {
        return keeping::follow(task, screen);
    }
    let dir =
        args.dir.as_deref().ok_or_else(|| Problem::usage("--dir DIR is needed: the folder of the ledger"))?;
    let with = |opening, work: &mut dyn FnMut(&Ledger) -> Result<ExitCode, Problem>| {
        let ledger = Ledger::open(dir, Options::new().opening(opening))?;
        let result = work(&ledger);
        ledger.close()?;
        result
    };
    let read = |screen: &mut Screen, work: &dyn Fn(&Ledger, &mut Screen) -> Result<ExitCode, Problem>| {
        let ledger = beside::open(dir, args.wanted(), screen)?;
        let result = work(&ledger, screen);
        ledger.close()?;
        result
    };
    let existing = Opening::OpenExisting;
    match &args.task {
        Task::Demo | Task::Restore(_) | Task::Follow(_) => Ok(ExitCode::SUCCESS),
        Task::Backup(task) => keeping::backup(dir, task, screen),
        Task::Doctor(task) => keeping::doctor(dir, task, screen),
        Task::Promote(output) => keeping::promote(dir, *output, screen),
        Task::Init(init) => writing::init(dir, init, screen),
        Task::Import(import) => import::run(dir, import, args.wanted(), screen),
        Task::Rebuild => {
            let ledger = Ledger::open(dir, Options::new().opening(existing).state(StatePolicy::Rebuild))?;
            let records = ledger.stats()?.records;
            ledger.close()?;
            screen.line(&format!("state rebuilt from {records} records of the journal"))?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Cause(task) => with(existing, &mut |ledger| writing::cause(ledger, task, screen)),
        Task::Donor(task) if task.only_reads() => {
            read(screen, &|ledger, screen| donors::run(ledger, dir, task, screen))
        }
        Task::Donor(task) => with(existing, &mut |ledger| donors::run(ledger, dir, task, screen)),
        Task::Donate(donate) => with(existing, &mut |ledger| writing::donate(ledger, donate, screen)),
        Task::Life(task) if task.only_reads() => {
            read(screen, &|ledger, screen| life::run(ledger, task, screen))
        }
        Task::Life(task) => with(existing, &mut |ledger| life::run(ledger, task, screen)),
        Task::Reallocate(task) => with(existing, &mut |ledger| bookkeeping::reallocate(ledger, task, screen)),
        Task::Correct(task) => with(existing, &mut |ledger| corrections::correct(ledger, task, screen)),
        Task::Period(task) => with(existing, &mut |ledger| bookkeeping::period(ledger, task, screen)),
        Task::Stats(output) => read(screen, &|ledger, screen| reading::stats(ledger, *output, screen)),
        Task::Verify(output) => read(screen, &|ledger, screen| reading::verify(ledger, *output, screen)),
        Task::Balances(task) => read(screen, &|ledger, screen| past::balances(ledger, task, screen)),
        Task::Statement(task) => read(screen, &|ledger, screen| past::statement(ledger, task, screen)),
        Task::Totals(task) => read(screen, &|ledger, screen| past::totals(ledger, task, screen)),
        Task::Sheet(task) => read(screen, &|ledger, screen| past::sheet(ledger, task, screen)),
        Task::Status(status) => read(screen, &|ledger, screen| reading::status(ledger, status, screen)),
        Task::Changes(changes) => read(screen, &|ledger, screen| reading::changes(ledger, changes, screen)),
        Task::Causes(list) => read(screen, &|ledger, screen| lists::causes(ledger, list, screen)),
        Task::Donors(list) => read(screen, &|ledger, screen| lists::donors(ledger, list, screen)),
        Task::History(history) => read(screen, &|ledger, screen| reading::history(ledger, history, screen)),
        Task::Export(export) => read(screen, &|ledger, screen| reading::export(ledger, dir, export, screen)),
    }
}
