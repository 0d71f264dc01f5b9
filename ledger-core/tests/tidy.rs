//! The shape of the source: floors, sizes, words. A rule that nobody checks is a wish.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up: a file uses only files of floors below its own, and of its own floor without cycles.
const FLOORS: [&[&str]; 8] = [
    &["vocabulary"],
    &["accounting"],
    &["giving"],
    &["machine"],
    &["records"],
    &["storage"],
    &["engine"],
    &["options", "ledger", "providers", "import", "export", "share", "keeping", "foreign", "testkit"],
];

const BANNED_NAMES: [&str; 8] =
    ["util", "helper", "common", "misc", "manager", "service", "handler", "types"];

/// A source file: its module path below the crate, such as `["engine", "committer"]`, and its text without tests.
struct Source {
    path: PathBuf,
    module: Vec<String>,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(&root).unwrap().with_extension("");
                let module = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                let text = fs::read_to_string(&path).unwrap();
                sources.push(Source { path, module, text: without_tests(&text) });
            }
        }
    }
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    assert!(sources.len() > 60, "only {} files were found", sources.len());
    sources
}

/// A text without its test modules: those in files of their own are only named in it, and one that stands in it ends it.
fn without_tests(text: &str) -> String {
    let (mut kept, mut lines) = (String::new(), text.lines().peekable());
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" {
            match lines.peek() {
                Some(next) if next.starts_with("mod ") && next.ends_with(';') => {
                    lines.next();
                    continue;
                }
                Some(next) if next.starts_with("mod ") => break,
                Some(_) | None => {}
            }
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

fn is_test_only(source: &Source) -> bool {
    source.module.iter().any(|part| part.ends_with("_tests") || part == "conformance")
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The modules named after `crate::` in a text, as far as two names deep.
fn used_modules(text: &str) -> BTreeSet<Vec<String>> {
    let mut used = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for path in line.split("crate::").skip(1) {
            let names = path.split("::").map(|name| {
                name.chars()
                    .take_while(|each| each.is_ascii_alphanumeric() || *each == '_')
                    .collect::<String>()
            });
            let is_module =
                |name: &String| name.chars().next().is_some_and(|first| first.is_ascii_lowercase());
            used.insert(names.take(2).take_while(is_module).collect());
        }
    }
    used
}

#[test]
fn arrows_only_point_down() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.module[0] != "lib") {
        let own =
            floor_of(&source.module[0]).unwrap_or_else(|| panic!("{} is on no floor", source.path.display()));
        for used in used_modules(&source.text).iter().filter(|used| !used.is_empty()) {
            let floor = floor_of(&used[0]);
            if floor.is_none_or(|floor| floor > own) {
                wrong.push(format!("{} uses {}", source.path.display(), used.join("::")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "a file may use only what is on its floor or below");
}

/// Within a floor, the modules that use each other form no circle.
#[test]
fn no_circles_within_a_floor() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources().iter().filter(|source| source.module[0] != "lib" && !is_test_only(source)) {
        let own: Vec<String> = source.module.iter().take(2).cloned().collect();
        let parent = source.module[0].clone();
        let mut paths = used_modules(&source.text);
        // `super::x` of a file one level down is a neighbour.
        if source.module.len() == 2 {
            let neighbours = source.text.split("super::").skip(1).filter_map(|path| path.split("::").next());
            let is_module = |name: &&str| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            };
            paths.extend(neighbours.filter(is_module).map(|name| vec![parent.clone(), name.to_owned()]));
        }
        let same_floor =
            |used: &&Vec<String>| used.len() == 2 && floor_of(&used[0]) == floor_of(&own[0]) && **used != own;
        let entry = uses.entry(own.join("::")).or_default();
        entry.extend(paths.iter().filter(same_floor).map(|used| used.join("::")));
    }
    let mut done = BTreeSet::new();
    for start in uses.keys() {
        walk(start, &uses, &mut Vec::new(), &mut done);
    }
    assert!(done.len() > 40, "only {} modules were walked", done.len());
}

fn walk(
    at: &str,
    uses: &BTreeMap<String, BTreeSet<String>>,
    trail: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) {
    assert!(!trail.iter().any(|step| step == at), "a circle: {} -> {at}", trail.join(" -> "));
    if done.contains(at) {
        return;
    }
    trail.push(at.to_owned());
    for next in uses.get(at).into_iter().flatten() {
        walk(next, uses, trail, done);
    }
    trail.pop();
    done.insert(at.to_owned());
}

#[test]
fn files_stay_small() {
    let count = |source: &Source| source.text.lines().count();
    let large: Vec<String> = sources()
        .iter()
        .filter(|source| count(source) > if source.module == ["lib"] { 150 } else { 400 })
        .map(|source| format!("{}: {} lines", source.path.display(), count(source)))
        .collect();
    assert_eq!(large, Vec::<String>::new(), "400 lines, 150 for lib.rs, tests aside");
}

#[test]
fn names_say_what_things_are() {
    let banned = |source: &&Source| {
        source.module.iter().any(|name| BANNED_NAMES.iter().any(|word| name.contains(word)))
    };
    let named: Vec<PathBuf> = sources().iter().filter(banned).map(|source| source.path.clone()).collect();
    assert_eq!(named, Vec::<PathBuf>::new());
}

/// The clock, randomness, threads and the one wait without an event come in through one door each; clippy.toml forbids them, and these are
/// the files that may allow them.
#[test]
fn doors_are_few() {
    let allowing: Vec<String> = sources()
        .iter()
        .filter(|source| !is_test_only(source) && source.text.contains("clippy::disallowed_methods"))
        .map(|source| source.module.join("/"))
        .collect();
    let doors = [
        "engine/clock",
        "import",
        "storage/entropy",
        "storage/journal/ahead",
        "storage/sled/checkpoint",
        "storage/sled/release",
    ];
    assert_eq!(allowing, doors);
}
