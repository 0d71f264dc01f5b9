//! Writes the seeds of all targets into `seeds/`, always the same: `cargo run --example make_seeds`, in `fuzz/`.

use std::fs;
use std::path::Path;

use ledger_fuzz::base_book::{BaseBook, noise};
use ledger_fuzz::damage::NAMES;

fn main() {
    for (target, seeds) in [
        ("commands", sequences()),
        ("storage_faults", sequences()),
        ("record_decoding", golden()),
        ("journal_scan", journals()),
        ("mapping_and_rows", imports()),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
        fs::create_dir_all(&folder).expect("a folder for seeds");
        for (name, bytes) in seeds {
            fs::write(folder.join(name), bytes).expect("a seed");
        }
    }
}

type Seeds = Vec<(String, Vec<u8>)>;

/// Whatever the bytes are, they stand for commands.
fn sequences() -> Seeds {
    let lengths = [40, 80, 160, 320, 640, 960, 1280, 1600, 1920, 2240];
    (1..).zip(lengths).map(|(seed, length)| (format!("noise-{length}"), noise(seed, length))).collect()
}

/// The bytes of every kind of record, row and personal content that the golden vectors hold still.
fn golden() -> Seeds {
    let vectors = include_str!("../../ledger-core/tests/golden.txt");
    let seed = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let kind = ["record", "row", "personal"].iter().position(|kind| *kind == words[0]).expect("a kind");
        let digits = words.last().expect("bytes").as_bytes();
        let byte =
            |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("digits"), 16).expect("a byte");
        let bytes = [u8::try_from(kind).expect("small")].into_iter().chain(digits.chunks(2).map(byte));
        (format!("{}-{}", words[0], words[1]), bytes.collect())
    };
    let mut seeds: Seeds = vectors.lines().map(seed).collect();
    seeds.push(("record-reversals-of-reversals".to_owned(), nested_reversals()));
    seeds
}

/// A record whose one event takes back one that takes back one, and so on: no ledger writes it, and it is decoded.
fn nested_reversals() -> Vec<u8> {
    // Kind, version, seq, time, clock, no key, version of the content, fingerprint, no mark, no day, one event.
    let mut bytes = [[0, 1, 7, 0, 0, 0, 1].as_slice(), &[0xF1; 16], &[0, 0, 1]].concat();
    for _ in 0..4 {
        // Reversed: its id, entered wrongly, record 5, the day 20260130, one event.
        bytes.extend([[10].as_slice(), &[0x4F; 16], &[0, 5, 252, 0x22, 0x25, 0x35, 0x01, 1]].concat());
    }
    // Donors merged; nothing sealed, no entries.
    bytes.extend([[11].as_slice(), &[0xD0; 16], &[0xD2; 16], &[0, 0]].concat());
    bytes
}

/// Damage to sound books by noise, forged records by noise, and the files of a small book as they are.
fn journals() -> Seeds {
    let by = |mode: u8, seed| {
        let bytes = [mode].into_iter().chain(noise(seed, 48)).collect();
        (format!("mode-{mode}-noise-{seed}"), bytes)
    };
    let mut seeds: Seeds = [(1, 1), (2, 2), (3, 3), (4, 4), (4, 5), (5, 6), (6, 7), (7, 8), (5, 9), (6, 10)]
        .map(|(mode, seed)| by(mode, seed))
        .into();
    let mut whole = vec![0];
    for (name, mut content) in BaseBook::tiny().files {
        // Zeros after the last group are room that was made ahead.
        if name.ends_with(".log") {
            let zeros = content.iter().rev().take_while(|byte| **byte == 0).count();
            content.truncate(content.len() - zeros);
        }
        let place = NAMES.iter().position(|known| *known == name).expect("a known name");
        whole.push(u8::try_from(place).expect("few"));
        whole.extend(u16::try_from(content.len()).expect("small").to_le_bytes());
        whole.extend(content);
    }
    seeds.push(("mode-0-sound-files".to_owned(), whole));
    seeds
}

/// Rows for the mappings that come with the library, and mappings with a few rows of their own.
fn imports() -> Seeds {
    let itcont = |date: &str, amount: &str, kind: &str, memo: &str, key: u32| {
        format!(
            "C00000042|N|Q1|P|1|{kind}|IND|DOE, JANE|SPRINGFIELD|IL|627010000|NONE|NONE|{date}|{amount}||SA{key}|7|{memo}||{key}"
        )
    };
    let rows = [
        itcont("01312024", "250", "15", "", 1),
        itcont("02292024", "-50", "15", "", 2),
        itcont("03012024", "75", "22Y", "", 3),
        itcont("03012024", "75", "24T", "", 4),
        itcont("03012024", "75", "15", "X", 5),
        itcont("03012024", "0", "15", "", 6),
        itcont("13012024", "ten", "15", "", 7),
        itcont("01312024", "250", "15", "", 1),
        itcont("01312024", "251", "15", "", 1),
    ];
    let own = "name = \"a\"\ncurrency = \"EUR\"\n[format]\ndelimiter = \",\"\nquotes = true\nheader = true\n\
               [key]\nprefix = \"a\"\ncolumns = [\"id\"]\n[date]\ncolumn = \"day\"\npattern = \"%Y-%m-%d\"\n\
               [amount]\ncolumn = \"sum\"\n[cause]\nid = \"{to}\"\nname = \"{to}\"\n[[donor]]\nneeds = \"who\"\n\
               id = \"{who:4}\"\nname = \"{who}\"\nkind = \"person\"\n[[check]]\ncolumn = \"id\"\npattern = \"^[0-9]+$\"\n\
               [[rule]]\ncolumn = \"kind\"\nis = [\"note\"]\nkind = \"memo\"\n[[rule]]\npositive = \"gift\"\n\
               negative = \"chargeback\"\n";
    let header = "id,day,sum,to,who,kind\n";
    let with = |rows: &str| [&[9], own.as_bytes(), &[0], header.as_bytes(), rows.as_bytes()].concat();
    let shipped = |choice: u8, text: &str| [&[choice], text.as_bytes()].concat();
    let order: Vec<_> = ledger_core::Mapping::shipped_names();
    let place =
        u8::try_from(order.iter().position(|name| *name == "fec-itcont").expect("ships")).expect("few");
    let named = |name: &str, bytes| (name.to_owned(), bytes);
    vec![
        named("itcont-all-kinds", shipped(place, &(rows.join("\n") + "\n"))),
        named("itcont-cut-off", shipped(place, &rows[0][..rows[0].len() - 2])),
        named("itcont-line-ends", shipped(place, &rows[..3].join("\r\n"))),
        named("schedule-a-header", shipped(0, "committee_id,entity_type\nC1,IND\n")),
        named("schedule-b-empty", shipped(1, "")),
        named(
            "own-plain",
            with(
                "1,2024-01-31,12.30,water,Ada,\n2,2024-02-01,-1.00,water,Ada,\n3,2024-02-01,5,water,Bob,note\n",
            ),
        ),
        named(
            "own-quotes",
            with(
                "1,2024-01-31,\"1.00\",\"wa\"\"ter\",\"A\nda\",\n2,2024-01-31,1,\"open,Ada,\n3,2024-01-31,1,w,Ada,\n",
            ),
        ),
        named(
            "own-broken",
            with("1,2024-13-31,x,,,\n\n,,\n\"\"\",\"\n2,1899-01-01,99999999999999999999,w,\u{e9},"),
        ),
        named("own-gzip", [&[9], own.as_bytes(), &[0], &PACKED].concat()),
    ]
}

/// The header of the own mapping and `1,2024-01-31,12.30,water,Ada,`, packed.
const PACKED: [u8; 73] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xCB, 0x4C, 0xD1, 0x49, 0x49, 0xAC, 0xD4,
    0x29, 0x2E, 0xCD, 0xD5, 0x29, 0xC9, 0xD7, 0x29, 0xCF, 0xC8, 0xD7, 0xC9, 0xCE, 0xCC, 0x4B, 0xE1, 0x32,
    0xD4, 0x31, 0x32, 0x30, 0x32, 0xD1, 0x35, 0x30, 0xD4, 0x35, 0x36, 0xD4, 0x31, 0x34, 0xD2, 0x33, 0x36,
    0xD0, 0x29, 0x4F, 0x2C, 0x49, 0x2D, 0xD2, 0x71, 0x4C, 0x49, 0xD4, 0xE1, 0x02, 0x00, 0xA4, 0xE8, 0x6C,
    0x10, 0x35, 0x00, 0x00, 0x00,
];
