//! The program from outside: `extract`, `report` and `check` over files, folders, records, packed and old files; what fails, what a signal leaves, what
//! `--resume` goes on from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;
use tempfile::{TempDir, tempdir};

const BULLETIN: &str = "Quận ủy Long Biên giao ban\n\nSáng 12/11/2021, đồng chí Trần Thị Mai Hương – TUV, Bí thư Quận ủy chủ trì.\nĐảng ủy khối \
                        kết nạp 9/6 đảng viên mới, bằng 130% kế hoạch.\n";

fn bantin() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
    command.env_remove("NO_COLOR");
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What a run in the folder wrote to standard output; it must have gone well.
fn output_of(folder: &TempDir, arguments: &[&str]) -> String {
    let run = bantin().current_dir(folder).args(arguments).assert().success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// All files below a folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

fn packed(text: &str) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(text.as_bytes()).unwrap();
    writer.finish().unwrap()
}

#[test]
fn one_text_is_one_object_and_many_are_lines() {
    let folder = folder(&[("a.txt", BULLETIN.as_bytes()), ("b.txt", "Tỉnh ủy họp năm 2021.".as_bytes())]);
    let one: Value = serde_json::from_str(&output_of(&folder, &["extract", "a.txt"])).unwrap();
    assert_eq!((one["schema"].as_str(), one["source"].as_str()), (Some("bantin/1"), Some("a.txt")));
    assert_eq!(one["persons"][0]["titles"][1]["text"], "Bí thư Quận ủy");
    let many = objects(&output_of(&folder, &["extract", "."]));
    let sources: Vec<_> = many.iter().map(|object| object["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["./a.txt", "./b.txt"]);
}

#[test]
fn the_program_gives_what_the_library_gives() {
    let folder = folder(&[("a.txt", BULLETIN.as_bytes())]);
    let mut bulletin = bantin::Extractor::new().extract(BULLETIN);
    bulletin.source = Some("a.txt".to_owned());
    let told: bantin::Bulletin = serde_json::from_str(&output_of(&folder, &["extract", "a.txt"])).unwrap();
    assert_eq!(told, bulletin);
    bulletin.convert_offsets(BULLETIN, bantin::OffsetUnit::Utf16);
    let told: bantin::Bulletin = serde_json::from_str(&output_of(&folder, &["extract", "a.txt", "--offsets", "utf16"])).unwrap();
    assert_eq!(told, bulletin);
}

#[test]
fn kinds_reference_date_own_lexicon_and_explanations_are_as_asked() {
    let folder = folder(&[
        ("a.txt", "Ngày 12/10, Tổ trưởng Tổ Covid Nguyễn Văn An đến.".as_bytes()),
        ("posts.tsv", "Tổ trưởng Tổ Covid\tTổ trưởng\tpost\t-\n".as_bytes()),
    ]);
    let arguments =
        ["extract", "a.txt", "--kind", "person,date", "--ref-date", "2021-11-12", "--lexicon", "posts=posts.tsv", "--explain", "--text"];
    let object: Value = serde_json::from_str(&output_of(&folder, &arguments)).unwrap();
    assert_eq!(object["dates"][0]["resolved"], "2021-10-12");
    assert_eq!(object["persons"][0]["titles"][0]["role"], "Tổ trưởng");
    assert_eq!(object["organizations"], Value::Array(vec![]));
    assert_eq!(object["explanations"][0]["fact"][0], "persons");
    assert_eq!(object["input"], "Ngày 12/10, Tổ trưởng Tổ Covid Nguyễn Văn An đến.");
}

#[test]
fn records_keep_their_other_fields() {
    let lines = "{\"id\": 7, \"body\": \"Tỉnh ủy họp năm 2021.\", \"url\": \"https://example.org/7\"}\n{\"id\": 8, \"body\": \"\"}\n";
    let folder = folder(&[("r.ndjson", lines.as_bytes()), ("r.jsonl.gz", &packed(lines))]);
    for name in ["r.ndjson", "r.jsonl.gz"] {
        let objects = objects(&output_of(&folder, &["extract", "--field", "body", name]));
        assert_eq!(objects[0]["source"], format!("{name}:1"));
        assert_eq!(objects[0]["record"], serde_json::json!({"id": 7, "url": "https://example.org/7"}));
        assert_eq!(objects[0]["dates"][0]["value"], "2021");
        assert_eq!(objects[1]["record"]["id"], 8);
    }
}

#[test]
fn what_fails_is_named_and_the_rest_goes_on() {
    let torn = packed(BULLETIN);
    let folder = folder(&[
        ("a.txt", BULLETIN.as_bytes()),
        ("b.txt.gz", &torn[..torn.len() / 2]),
        ("c.pdf", b"%PDF-1.4 torn"),
        ("d.docx", b"PK\x03\x04 torn"),
        ("e.ndjson", b"{\"text\": \"T\"}\nno json\n{\"body\": 1}\n"),
        ("f.txt", b"ab \x81\x8d\x8f \x90\x9d c"),
    ]);
    let run = bantin().current_dir(&folder).args(["extract", ".", "missing", "-f", "ndjson"]).assert().code(1);
    let objects = objects(std::str::from_utf8(&run.get_output().stdout).unwrap());
    let sources: Vec<_> = objects.iter().map(|object| object["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["./a.txt", "./e.ndjson:1"]);
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    for place in ["./b.txt.gz: ", "./c.pdf: ", "./d.docx: ", "./e.ndjson:2: ", "./e.ndjson:3: ", "./f.txt: ", "missing: "] {
        assert!(said.lines().any(|line| line.starts_with(&format!("bantin: {place}"))), "{place} in {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_wrong_command_line_is_told_with_what_is_allowed() {
    let folder = folder(&[("a.txt", BULLETIN.as_bytes())]);
    for (arguments, said) in [
        (&["extract", "a.txt", "--kind", "people"][..], "person, organization"),
        (&["extract", "a.txt", "-f", "xml"], "ndjson"),
        (&["extract", "a.txt", "--ref-date", "12/11/2021"], "--ref-date"),
        (&["extract", "a.txt", "-f", "csv"], "-o DIR/"),
        (&["extract", "a.txt", "-f", "brat"], "-o DIR/"),
        (&["extract", "a.txt", "-o", "facts.xyz"], "--format"),
        (&["extract", "a.txt", "-f", "parquet", "-o", "out/", "--resume"], "ndjson"),
        (&["extract", "a.txt", "--lexicon", "posts=a.txt"], "a.txt:1"),
        (&["extract", "a.txt", "--include", "[a"], "--include"),
        (&["extract", "a.txt", "-f", "json", "-o", "./a.txt"], "one of the inputs"),
    ] {
        bantin().current_dir(&folder).args(arguments).assert().code(2).stdout("").stderr(predicate::str::contains(said));
    }
    assert_eq!(files(folder.path()), BTreeSet::from(["a.txt".to_owned()]));
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), BULLETIN);
}

#[test]
fn every_format_writes_its_files() {
    let folder = folder(&[("in/a.txt", BULLETIN.as_bytes()), ("in/b/c.txt", "Tỉnh ủy họp năm 2021.".as_bytes())]);
    for (format, wanted) in [
        ("json", &["a.txt.json", "b/c.txt.json"][..]),
        ("html", &["a.txt.html", "b/c.txt.html"]),
        ("conll", &["a.txt.conll", "b/c.txt.conll"]),
        ("brat", &["a.txt.ann", "a.txt.txt", "annotation.conf", "b/c.txt.ann", "b/c.txt.txt"]),
        ("popolo", &["popolo.json"]),
        ("csv", &["persons.csv", "titles.csv", "organizations.csv", "dates.csv", "indicators.csv", "headers.csv"]),
        ("parquet", &["persons.parquet", "quotes.parquet", "entities.parquet", "posts.parquet", "references.parquet"]),
    ] {
        let out = format!("{format}/");
        output_of(&folder, &["extract", "in", "-f", format, "-o", &out]);
        let found = files(&folder.path().join(format));
        for name in wanted {
            let named = |file: &String| file == name || file.ends_with(&format!("in/{name}"));
            assert!(found.iter().any(named), "{name} in {found:?}");
        }
        assert!(!found.iter().any(|name| name.contains("tmp")), "{found:?}");
    }
}

#[test]
fn what_is_done_is_left_out_and_the_rest_is_added() {
    let folder = folder(&[("in/a.txt", BULLETIN.as_bytes()), ("in/b.txt", "Tỉnh ủy họp năm 2021.".as_bytes())]);
    output_of(&folder, &["extract", "in/a.txt", "-o", "facts.ndjson"]);
    let first = fs::read_to_string(folder.path().join("facts.ndjson")).unwrap();
    output_of(&folder, &["extract", "in", "-o", "facts.ndjson", "--resume"]);
    let both = fs::read_to_string(folder.path().join("facts.ndjson")).unwrap();
    assert!(both.starts_with(&first));
    assert_eq!(objects(&both).len(), 2);
    // Into a folder: what is there is not touched.
    output_of(&folder, &["extract", "in", "-f", "json", "-o", "facts/"]);
    let one = files(&folder.path().join("facts")).into_iter().find(|name| name.ends_with("a.txt.json")).unwrap();
    fs::write(folder.path().join("facts").join(&one), "mine").unwrap();
    output_of(&folder, &["extract", "in", "-f", "json", "-o", "facts/", "--resume"]);
    assert_eq!(fs::read_to_string(folder.path().join("facts").join(&one)).unwrap(), "mine");
}

/// Feeds records, interrupts the program when it has read some, feeds on: what it read is written and valid, and `--resume` adds the rest.
#[cfg(unix)]
#[test]
fn a_signal_leaves_valid_output_that_a_later_run_completes() {
    const RECORDS: usize = 100;
    let records: String = (0..RECORDS).map(|n| format!("{{\"id\": {n}, \"text\": \"Tỉnh ủy họp năm 20{:02}.\"}}\n", n % 30)).collect();
    let folder = folder(&[("all.ndjson", records.as_bytes())]);
    let mut child = Process::new(env!("CARGO_BIN_EXE_bantin"))
        .current_dir(&folder)
        .args(["extract", "--input", "ndjson", "-v", "--jobs", "1", "-o", "facts.ndjson"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than one batch, so that the first is worked on while the program waits for more.
    let lines: Vec<&str> = records.lines().collect();
    stdin.write_all((lines[..40].join("\n") + "\n").as_bytes()).unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
    assert_eq!(stderr.next().unwrap().unwrap(), "bantin: <stdin>:1");
    assert!(Process::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    std::thread::sleep(std::time::Duration::from_millis(200));
    stdin.write_all((lines[40..].join("\n") + "\n").as_bytes()).unwrap();
    drop(stdin);
    let said: Vec<String> = stderr.map(Result::unwrap).collect();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{said:?}");
    assert!(said.last().is_some_and(|line| line.contains("stopped by a signal")), "{said:?}");
    let path = folder.path().join("facts.ndjson");
    let done = objects(&fs::read_to_string(&path).unwrap());
    assert!(!done.is_empty() && done.len() < RECORDS, "{} are done", done.len());

    let rest = bantin()
        .current_dir(&folder)
        .args(["extract", "--input", "ndjson", "-o", "facts.ndjson", "--resume"])
        .write_stdin(records)
        .assert();
    rest.success();
    let ids: Vec<_> = objects(&fs::read_to_string(&path).unwrap()).iter().map(|object| object["record"]["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..RECORDS as u64).collect::<Vec<_>>());
}

/// Interrupts the program twice while it waits for its input.
#[cfg(unix)]
#[test]
fn a_second_signal_ends_it_at_once_and_leaves_nothing() {
    for (first, arguments) in
        [(Some("bantin: stops when"), ["extract", "--input=ndjson", "-o", "facts.ndjson"]), (None, ["normalize", "-", "-o", "new.txt"])]
    {
        let folder = folder(&[]);
        let mut child = Process::new(env!("CARGO_BIN_EXE_bantin"))
            .current_dir(&folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // `wait` would close it, and the program be done before it hears the signal.
        let input_stays_open = child.stdin.take();
        // It is ready for the signal when the file is begun, and the signal caught (Linux tells).
        let begun = || fs::read_dir(folder.path()).unwrap().count() == 1;
        let caught = |status: String| {
            let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap().trim().to_owned();
            u64::from_str_radix(&mask, 16).unwrap() & 0b10 != 0
        };
        let listens = || fs::read_to_string(format!("/proc/{}/status", child.id())).map_or(true, caught);
        while !(begun() && listens()) {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        let interrupt = |child: &std::process::Child| {
            assert!(Process::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        };
        interrupt(&child);
        if let Some(said) = first {
            let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
            let line = stderr.next().unwrap().unwrap();
            assert!(line.starts_with(said), "{line}");
            interrupt(&child);
        }
        assert_eq!(child.wait().unwrap().code(), Some(130));
        drop(input_stays_open);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

/// The second run finds what the first one wrote in the folder that it reads.
#[test]
fn an_output_in_the_folder_of_inputs_is_no_input() {
    let folder = folder(&[("a.txt", BULLETIN.as_bytes())]);
    for arguments in [&["extract", ".", "-o", "facts.ndjson"][..], &["extract", ".", "-f", "json", "-o", "facts/", "--exclude=*.ndjson"]] {
        bantin().current_dir(&folder).args(arguments).assert().success();
        let first = files(folder.path());
        bantin().current_dir(&folder).args(arguments).assert().success().stderr("");
        assert_eq!(files(folder.path()), first);
    }
    assert_eq!(objects(&fs::read_to_string(folder.path().join("facts.ndjson")).unwrap()).len(), 1);
}

#[test]
fn a_page_of_the_web_gives_headline_day_and_source() {
    let page = "<!doctype html><html lang=vi><head><meta charset=utf-8><title>Xã Tân An mở lớp dạy nghề</title>\
                <meta property='og:site_name' content='Cổng thông tin xã Tân An'>\
                <meta property='article:published_time' content='2021-11-12T08:00:00+07:00'></head><body><nav><a href=/>Trang chủ</a></nav>\
                <article><h1>Xã Tân An mở lớp dạy nghề</h1><p>Sáng nay, ông Trần Văn Bình, Chủ tịch UBND xã Tân An khai giảng lớp dạy nghề cho 35 học viên \
                của các thôn trong xã, với sự tham dự của đông đảo bà con.</p><p>Lớp học kéo dài ba tháng, mỗi tuần bốn buổi, do các giáo viên có kinh \
                nghiệm của trường nghề huyện đứng lớp, học viên được hỗ trợ tiền ăn và đi lại.</p></article>\
                <footer>Bản quyền thuộc về ông Lê Quang Phú</footer></body></html>";
    let folder = folder(&[("a.html", page.as_bytes())]);
    let object: Value = serde_json::from_str(&output_of(&folder, &["extract", "a.html", "--text"])).unwrap();
    assert_eq!(object["header"]["headline"], "Xã Tân An mở lớp dạy nghề");
    assert_eq!(object["header"]["published"], "2021-11-12");
    assert_eq!(object["header"]["source"], "Cổng thông tin xã Tân An");
    let names: Vec<_> = object["persons"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Trần Văn Bình"]);
    // Offsets point into the text that was taken out of the page.
    let (text, span) = (object["input"].as_str().unwrap(), &object["persons"][0]["span"]);
    assert_eq!(&text[span["start"].as_u64().unwrap() as usize..span["end"].as_u64().unwrap() as usize], "Trần Văn Bình");
}

#[test]
fn figures_that_disagree_are_told_by_line_and_column() {
    let folder = folder(&[("a.txt", BULLETIN.as_bytes()), ("b.txt", "Xã kết nạp 9/6 đảng viên mới, bằng 150% kế hoạch.".as_bytes())]);
    let run = bantin().current_dir(&folder).args(["check", "."]).assert().code(1);
    run.stdout("./a.txt:4:22: 9 of 6 is 150 %, the text says 130 % («9/6 đảng viên mới»)\n").stderr("");
    bantin().current_dir(&folder).args(["check", "b.txt"]).assert().success().stdout("");
    let run = bantin().current_dir(&folder).args(["check", "--json", "a.txt"]).assert().code(1);
    let finding: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!((finding["line"].as_u64(), finding["text"].as_str()), (Some(4), Some("9/6 đảng viên mới")));
}

#[test]
fn a_report_is_one_page_that_asks_for_nothing_elsewhere() {
    let folder = folder(&[("a.txt", BULLETIN.as_bytes()), ("b.txt", "<script>alert(1)</script> ông Trần Văn Bình đến".as_bytes())]);
    output_of(&folder, &["report", ".", "-o", "page.html", "--title", "Tháng 11"]);
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("<title>Tháng 11</title>") && page.contains("Trần Thị Mai Hương"));
    assert!(page.contains("không khớp"), "9 of 6 is not 130 %");
    assert!(!page.contains("<script>alert"));
    for elsewhere in ["src=\"http", "href=\"http", "url(http", "@import"] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let many: String = (0..2000).map(|n| format!("{{\"text\": \"Tỉnh ủy họp năm {n}.\"}}\n")).collect();
    let folder = folder(&[("a.ndjson", many.as_bytes())]);
    let mut child = Process::new(env!("CARGO_BIN_EXE_bantin"))
        .current_dir(&folder)
        .args(["extract", "a.ndjson"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn colours_are_for_terminals_and_who_asks() {
    let folder = folder(&[("a.txt", BULLETIN.as_bytes())]);
    assert!(!output_of(&folder, &["extract", "a.txt", "-f", "table"]).contains('\x1b'));
    assert!(output_of(&folder, &["extract", "a.txt", "-f", "table", "--color", "always"]).contains('\x1b'));
}
