//! A PostgreSQL server of our own: made in a folder, reached by a unix socket, stopped at the end.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, User, chown, geteuid};
use postgres::{Client, Config, NoTls};
use tempfile::TempDir;

/// Where Debian puts the version that the targets are about.
const USUAL: &str = "/usr/lib/postgresql/15/bin";

/// What differs from the server's defaults, and is printed.
pub const SETTINGS: [&str; 7] = [
    "fsync=on",
    "synchronous_commit=on",
    "shared_buffers=256MB",
    "max_wal_size=4GB",
    "max_connections=100",
    "listen_addresses=",
    "autovacuum=on",
];

/// The folder of the server's programs, or why there is none.
pub fn programs() -> Result<PathBuf, String> {
    let usual = PathBuf::from(USUAL);
    if usual.join("initdb").is_file() {
        return Ok(usual);
    }
    let asked = Command::new("pg_config").arg("--bindir").output();
    let told = asked.map_err(|_| "PostgreSQL is not installed (apt-get install postgresql-15)".to_owned())?;
    let folder = PathBuf::from(String::from_utf8_lossy(&told.stdout).trim());
    if folder.join("initdb").is_file() {
        Ok(folder)
    } else {
        Err(format!("no PostgreSQL server in {}, only its client", folder.display()))
    }
}

/// What `postgres --version` says.
pub fn version() -> Result<String, String> {
    let said = Command::new(programs()?.join("postgres")).arg("--version").output();
    Ok(String::from_utf8_lossy(&said.map_err(|error| error.to_string())?.stdout).trim().to_owned())
}

/// A running server.
pub struct Server {
    process: Mutex<Option<Child>>,
    socket: TempDir,
}

/// Who the server runs as: it refuses root.
fn account() -> Option<User> {
    let named = |name| User::from_name(name).ok().flatten();
    geteuid()
        .is_root()
        .then(|| named("postgres").or_else(|| named("nobody")).expect("no user to run PostgreSQL as"))
}

fn command(program: &str, account: Option<&User>) -> Command {
    let mut command = Command::new(programs().unwrap().join(program));
    if let Some(account) = account {
        command.uid(account.uid.as_raw()).gid(account.gid.as_raw());
    }
    command
}

fn give_to(folder: &Path, account: Option<&User>) {
    if let Some(account) = account {
        chown(folder, Some(account.uid), Some(account.gid)).unwrap();
    }
}

impl Server {
    /// Starts a server on the data in a folder; makes them where there are none.
    pub fn start(folder: &Path) -> Self {
        let account = account();
        let (data, log) = (folder.join("postgres"), folder.join("postgres.log"));
        let log_file = || File::options().create(true).append(true).open(&log).unwrap();
        // The server's user has to come through to its data.
        fs::set_permissions(folder, Permissions::from_mode(0o711)).unwrap();
        if !data.is_dir() {
            fs::create_dir(&data).unwrap();
            give_to(&data, account.as_ref());
            let mut init = command("initdb", account.as_ref());
            init.args(["--auth=trust", "--no-locale", "--encoding=UTF8", "--username=ledger", "-D"])
                .arg(&data);
            let made = init.current_dir("/").stdout(log_file()).stderr(log_file()).status().unwrap();
            assert!(made.success(), "initdb failed: {}", fs::read_to_string(&log).unwrap());
        }
        // The path of a socket may have 107 bytes only, so it does not lie with the data.
        let socket = tempfile::Builder::new().prefix("peers-").tempdir_in("/tmp").unwrap();
        give_to(socket.path(), account.as_ref());
        let mut postgres = command("postgres", account.as_ref());
        postgres.arg("-D").arg(&data).arg("-k").arg(socket.path());
        for setting in SETTINGS {
            postgres.args(["-c", setting]);
        }
        let process = postgres.current_dir("/").stdout(log_file()).stderr(log_file()).spawn().unwrap();
        let server = Self { process: Mutex::new(Some(process)), socket };
        server.wait(&log);
        server
    }

    fn wait(&self, log: &Path) {
        let begin = Instant::now();
        while let Err(error) = self.config().connect(NoTls) {
            let told = || format!("{error}: {}", fs::read_to_string(log).unwrap_or_default());
            assert!(begin.elapsed() < Duration::from_mins(1), "PostgreSQL does not answer: {}", told());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn config(&self) -> Config {
        let mut config = Config::new();
        config.host_path(self.socket.path()).user("ledger").dbname("postgres");
        config
    }

    /// A new connection.
    pub fn connect(&self) -> Client {
        self.config().connect(NoTls).unwrap()
    }

    /// Stops the server: clients are cut off, everything is written, and it is gone when this returns.
    pub fn stop(&self) {
        if let Some(mut process) = self.process.lock().unwrap().take() {
            kill(Pid::from_raw(process.id() as i32), Signal::SIGINT).unwrap();
            process.wait().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
