//! The example CLI `extract` from outside: what it prints, what it says on standard error, how it exits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// `cargo test` builds the examples beside the tests.
fn extract() -> Command {
    let mut path = PathBuf::from(std::env::current_exe().unwrap().parent().unwrap().parent().unwrap());
    path.push("examples");
    path.push(format!("extract{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built: run `cargo test` or `cargo build --example extract`", path.display());
    Command::new(path)
}

/// A file of this test's own in the build's folder for temporary files.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn standard_input_gives_one_indented_object() {
    let mut child = extract().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all("ông Trần Văn Bình đến".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.starts_with("{\n  \"schema\": \"bantin/1\","), "{text}");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["persons"][0]["name"], "Trần Văn Bình");
}

#[test]
fn a_dash_is_standard_input_among_files_and_a_folder_is_refused() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let mut child =
        extract().args(["--ndjson", folder, "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all("\u{feff}ông Trần Văn Bình đến\r\nHà Nội".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr.clone()).unwrap().contains(folder));
    let printed = lines(&output);
    assert_eq!((&printed[0]["source"], &printed[0]["persons"][0]["name"]), (&"<stdin>".into(), &"Trần Văn Bình".into()));
    assert_eq!(printed[0]["places"][0]["text"], "Hà Nội");
}

#[test]
fn ndjson_keeps_the_files_order_and_goes_on_past_a_bad_one() {
    let good = file("good.txt", "Hà Nội".as_bytes());
    let bad = file("bad.txt", b"H\xc3\xa0 N\xff");
    let empty = file("empty.txt", b"");
    let output = extract().arg("--ndjson").args([&good, &bad, &empty]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(said.contains("bad.txt") && said.contains("byte 5"), "{said}");
    let printed = lines(&output);
    assert_eq!(printed.len(), 2);
    assert!(printed[0]["source"].as_str().unwrap().ends_with("good.txt"));
    assert_eq!(printed[1]["places"], serde_json::json!([]));
}

#[test]
fn offsets_count_what_is_asked_for() {
    let path = file("offsets.txt", "Đêm 🌧 ở Hà Nội".as_bytes());
    for (unit, start) in [("bytes", 15), ("chars", 8), ("utf16", 9)] {
        let output = extract().args(["--ndjson", "--offsets", unit]).arg(&path).output().unwrap();
        assert_eq!(lines(&output)[0]["places"][0]["span"]["start"], start, "{unit}");
    }
}

#[test]
fn the_reference_date_fills_the_year() {
    let path = file("year.txt", "ngày 13/10".as_bytes());
    let output = extract().args(["--ndjson", "--ref-date", "2021-11-12"]).arg(&path).output().unwrap();
    assert_eq!(lines(&output)[0]["dates"][0]["resolved"], "2021-10-13");
}

#[test]
fn explanations_stand_beside_the_lists_with_paths_into_them() {
    let path = file("explained.txt", "Đêm 🌧: vận động 9/6 hội viên mới".as_bytes());
    let output = extract().args(["--ndjson", "--explain", "--offsets", "utf16"]).arg(&path).output().unwrap();
    let json = &lines(&output)[0];
    let of_ratio = json["explanations"].as_array().unwrap().iter().find(|e| e["fact"] == serde_json::json!(["ratios", 0])).unwrap();
    assert_eq!((&of_ratio["rule"], &of_ratio["rejected"][0]["reading"]), (&"ratio.verdict".into(), &"date".into()));
    assert_eq!(of_ratio["rejected"][0]["span"]["start"], json["ratios"][0]["span"]["start"]);
    let plain = extract().arg("--ndjson").arg(&path).output().unwrap();
    assert!(lines(&plain)[0].get("explanations").is_none());
}

#[test]
fn bad_arguments_exit_with_2_and_a_missing_file_with_1() {
    for arguments in [&["--no-such-flag"][..], &["--offsets", "words"], &["--ref-date", "yesterday"]] {
        assert_eq!(extract().args(arguments).output().unwrap().status.code(), Some(2), "{arguments:?}");
    }
    let output = extract().arg("no-such-file.txt").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no-such-file.txt"));
}
