//! What machine this is, and how each store is set.

use std::fs;
use std::path::Path;

use crate::stores::postgres_server;
use crate::stores::sqlite;

fn first_line(file: &str, beginning: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(beginning))?;
    Some(line.trim_start_matches(beginning).trim_start_matches([' ', '\t', ':']).to_owned())
}

/// Device, folder and kind of the file system that holds a folder.
fn file_system(folder: &Path) -> Option<[String; 3]> {
    let mounts = fs::read_to_string("/proc/mounts").ok()?;
    let fields = mounts.lines().map(|line| line.split(' ').take(3).map(str::to_owned).collect::<Vec<_>>());
    let holding = fields.filter_map(|fields| <[String; 3]>::try_from(fields).ok());
    holding.filter(|[_, on, _]| folder.starts_with(on)).max_by_key(|[_, on, _]| on.len())
}

fn say(what: &str, value: &str) {
    println!("{what:<33} {value}");
}

/// Prints machine, versions and settings.
pub fn print(folder: &Path, sync_ms: f64) {
    let unknown = || "unknown".to_owned();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let model = first_line("/proc/cpuinfo", "model name").unwrap_or_else(unknown);
    say("processor", &format!("{cores} cores, {model}"));
    say("system", &first_line("/proc/version", "").unwrap_or_else(|| std::env::consts::OS.to_owned()));
    let system = file_system(folder);
    let shown =
        system.as_ref().map_or_else(unknown, |[device, on, kind]| format!("{kind}, {device} on {on}"));
    say("file system", &format!("{shown}; stores lie in {}", folder.display()));
    if system.is_some_and(|[_, _, kind]| ["tmpfs", "ramfs"].contains(&kind.as_str())) {
        println!("!!!! This is memory, not a disk: nothing here is durable. Give --folder on a disk.");
    }
    say("append of 300 B and fdatasync", &format!("{sync_ms:.3} ms, median of 500"));
    if cfg!(debug_assertions) {
        println!("!!!! This is a debug build: nothing that it measures counts. Use cargo run --release.");
    }
    say("ledger", &format!("{}, Options::new(): Durability::Sync, cache 64 MiB", env!("CARGO_PKG_VERSION")));
    say("sqlite", &format!("{}, {}", rusqlite::version(), sqlite::SETTINGS));
    say("doubleentry", "0.8 on its SQLite store, which sets WAL and synchronous = FULL");
    let settings = postgres_server::SETTINGS.join(" ");
    let postgres = postgres_server::version().map(|version| format!("{version}, {settings}"));
    say("postgres", &postgres.unwrap_or_else(|reason| format!("NOT HERE: {reason}")));
    say("raw", "write and fdatasync of the same bytes, and nothing else");
}
