//! Python programs that judge us, with packages that `tests/run judges` installs.

use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The Python that has the packages. Without it a test fails: a judge that is not asked has found nothing.
pub fn python() -> Command {
    let path = std::env::var_os("LEDGER_JUDGES_PYTHON").unwrap_or_else(|| {
        panic!(
            "LEDGER_JUDGES_PYTHON names no Python with stripe and localstripe: `tests/run judges` installs it"
        )
    });
    Command::new(path)
}

/// A script of `tests/judges`, unbuffered: what it says is heard at once.
pub fn script(name: &str) -> Command {
    let mut command = python();
    command.arg("-u").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("judges").join(name));
    command
}

/// Starts one that is told something on its standard input, and says something on its standard output.
pub fn start(command: &mut Command) -> Child {
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    started.unwrap_or_else(|error| {
        let program = command.get_program().to_string_lossy();
        panic!("the judge {program}: {error}; `tests/run judges` installs it")
    })
}
