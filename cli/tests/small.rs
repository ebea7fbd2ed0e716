//! The program from outside: `normalize`, `lexicon`, `completions`, `man`, and the configuration file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use predicates::prelude::*;
use tempfile::{TempDir, tempdir};

fn bantin() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bantin"))
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// What a run wrote to standard output; it must have gone well.
fn output_of(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Whether a program that is asked for its version answers so.
fn is_installed(program: &str, answer: &str) -> bool {
    let said = Process::new(program).arg("--version").output();
    said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains(answer))
}

#[test]
fn normalize_writes_standard_input_in_one_spelling() {
    let decomposed = "\u{feff}Hội nghị về thuy\u{309} lợi,\u{a0} “Hoà Bình”\r\n";
    bantin().arg("normalize").write_stdin(decomposed).assert().success().stdout("Hội nghị về thủy lợi, \"Hòa Bình\"\n").stderr("");
    bantin().args(["normalize", "-"]).write_stdin("khoẻ").assert().success().stdout("khỏe");
    bantin().arg("normalize").write_stdin("").assert().success().stdout("");
}

#[test]
fn normalize_places_tones_as_it_is_told() {
    let written = "Hoà, khỏe\n";
    for (tone, expected) in [("old", "Hòa, khỏe\n"), ("new", "Hoà, khoẻ\n"), ("keep", "Hoà, khỏe\n")] {
        bantin().args(["normalize", "--tone", tone]).write_stdin(written).assert().success().stdout(expected);
    }
    let none = bantin().args(["normalize", "--tone", "middle"]).assert().code(2);
    none.stderr(predicate::str::contains("[possible values: old, new, keep]"));
}

#[test]
fn normalize_writes_several_files_one_behind_the_other() {
    let folder = folder(&[("a.txt", "Hoà".as_bytes()), ("b.txt", b""), ("c.txt", "thuỷ\n".as_bytes()), ("d.txt", "khoẻ\n".as_bytes())]);
    let all = bantin().current_dir(&folder).args(["normalize", "a.txt", "b.txt", "c.txt", "d.txt"]).assert();
    all.success().stdout("Hòa\nthủy\nkhỏe\n");
}

#[test]
fn normalize_names_what_it_cannot_read_and_goes_on() {
    let folder = folder(&[("a.txt", "Hoà\n".as_bytes()), ("c.txt", "thuỷ\n".as_bytes())]);
    let some = bantin().current_dir(&folder).args(["normalize", "a.txt", "missing.txt", "c.txt"]).assert();
    some.code(1).stdout("Hòa\nthủy\n").stderr(predicate::str::contains("missing.txt: "));
}

#[test]
fn normalize_writes_a_whole_file_or_none() {
    let folder = folder(&[("a.txt", "Hoà\n".as_bytes())]);
    let run = |output: &str| bantin().current_dir(&folder).args(["normalize", "a.txt", "-o", output]).assert();
    run("new.txt").success().stdout("");
    assert_eq!(fs::read_to_string(folder.path().join("new.txt")).unwrap(), "Hòa\n");
    run("a.txt").success();
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), "Hòa\n", "a file may be written over itself");
    run("a.txt/new.txt").code(2).stderr(predicate::str::contains("a.txt/new.txt: its folder cannot be made"));
    assert_eq!(names(folder.path()), ["a.txt", "new.txt"], "nothing else is left behind");
}

#[test]
fn normalize_decodes_what_it_is_told_is_encoded() {
    let utf16: Vec<u8> = "Hội nghị".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let legacy: [(&str, &[u8]); 4] =
        [("utf16le", &utf16), ("windows1258", b"H\xf4\xf2i nghi\xf2"), ("tcvn3", b"H\xe9i ngh\xde"), ("viqr", b"Ho^.i nghi.")];
    for (encoding, bytes) in legacy {
        bantin().args(["normalize", "--encoding", encoding]).write_stdin(bytes).assert().success().stdout("Hội nghị");
        // The same from the configuration, and the command line before it.
        let folder = folder(&[("bantin.toml", format!("encoding = {encoding:?}\n").as_bytes())]);
        bantin().current_dir(&folder).arg("normalize").write_stdin(bytes).assert().success().stdout("Hội nghị");
        let forced = bantin().current_dir(&folder).args(["normalize", "--encoding", "utf8"]).write_stdin("Hội nghị").assert();
        forced.success().stdout("Hội nghị");
    }
    let unknown = bantin().args(["normalize", "--encoding", "latin1"]).assert().code(2);
    unknown.stderr(predicate::str::contains("[possible values: utf8, utf16le, utf16be, windows1258, tcvn3, vni, viqr]"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    // More than a pipe holds.
    let folder = folder(&[("long.txt", "Xã tổ chức hội nghị.\n".repeat(20_000).as_bytes())]);
    for arguments in [&["normalize", "long.txt"][..], &["lexicon", "list", "places"]] {
        let mut command = Process::new(env!("CARGO_BIN_EXE_bantin"));
        command.args(arguments).current_dir(&folder).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {:?}", done.status);
        assert_eq!(String::from_utf8(done.stderr).unwrap(), "", "{arguments:?}");
    }
}

#[test]
fn lexicon_lists_the_tables() {
    let listed = output_of(bantin().args(["lexicon", "list"]));
    assert_eq!(listed.lines().count(), 17);
    let posts: Vec<&str> = listed.lines().find(|line| line.starts_with("posts ")).unwrap().split_whitespace().collect();
    let rows = output_of(bantin().args(["lexicon", "list", "posts"])).lines().count();
    assert!(rows > 1000);
    assert_eq!(posts, ["posts", &rows.to_string(), "form,", "role,", "kind,", "flags"]);
}

#[test]
fn lexicon_lists_the_rows_of_a_table_as_its_file_has_them() {
    let listed = output_of(bantin().args(["lexicon", "list", "posts"]));
    let rows: Vec<&str> = listed.lines().collect();
    assert!(rows.is_sorted());
    assert!(rows.contains(&"Bí thư\tBí thư\tpost\t-"));
    assert!(rows.contains(&"TUV\tThành ủy viên\tmembership\tcity,upper,whole"));
    // What is listed can be checked: there is nothing to say of a row but that it is bundled.
    let folder = folder(&[("posts.tsv", listed.as_bytes())]);
    let checked = bantin().current_dir(&folder).args(["lexicon", "check", "posts=posts.tsv"]).assert().code(1);
    let said = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
    assert_eq!(said.lines().count(), rows.len());
    assert!(said.lines().all(|line| line.ends_with(": the bundled table has this row")));
    let none = bantin().args(["lexicon", "list", "post"]).assert().code(2);
    none.stderr(predicate::str::contains("[possible values: acronyms, bodies, "));
}

#[test]
fn lexicon_check_finds_nothing_in_a_good_table() {
    let folder = folder(&[("posts.tsv", "# ours\nCai làng\tCai làng\tpost\t-\nTổng đoàn\tTổng đoàn\tpost\tweak\n".as_bytes())]);
    let fine = bantin().current_dir(&folder).args(["lexicon", "check", "posts=posts.tsv"]).assert();
    fine.success().stdout("posts.tsv: 2 rows, fine\n").stderr("");
}

#[test]
fn lexicon_check_names_each_line_and_what_is_odd_about_it() {
    let posts = [
        "Tổng đoàn\tTổng đoàn\tpost\t-",
        "Cai làng\tCai làng\tpost\t-",
        "Cai làng\tCai làng\tpost\t-",
        "Hương bạ\tHương bạ\tjob\t-",
        "Lý trưởng",
        "Bí thư\tBí thư thứ nhất\tpost\tweak",
        "Bí thư\tBí thư\tpost\t-",
        "Xo\u{301}m tru\u{31b}o\u{31b}\u{309}ng\tXóm trưởng\tpost\t-",
        "Xã đoàn\tXã đoàn\tpost\told",
    ];
    let folder =
        folder(&[("posts.tsv", posts.join("\n").as_bytes()), ("units.tsv", b"xu\xe1\n"), ("fine.tsv", b"bantinbantin\tcount\t-\n")]);
    let tables = ["posts=posts.tsv", "units=units.tsv", "units=missing.tsv", "units=fine.tsv"];
    let run = bantin().current_dir(&folder).args(["lexicon", "check"]).args(tables).assert().code(1);
    let output = run.get_output();
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout), @r#"
    posts.tsv:2: not in the order of code points (LC_ALL=C sort): "Cai làng" stands behind "Tổng đoàn", and 1 more such rows
    posts.tsv:3: repeats line 2
    posts.tsv:4: kind can't be "job"; it is one of post, membership, rank, degree, honour
    posts.tsv:5: 1 columns, but posts has 4: form, role, kind, flags
    posts.tsv:6: changes the bundled row: role "Bí thư" becomes "Bí thư thứ nhất", flags "-" becomes "weak"
    posts.tsv:7: has the form of line 6, and wins over it
    posts.tsv:7: the bundled table has this row
    posts.tsv:8: not in NFC: marks stand apart from their letters
    posts.tsv:8: changes the bundled row: flags "weak" becomes "-"
    posts.tsv:9: no flag is called "old"
    fine.tsv: 1 rows, fine
    "#);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("bantin: units.tsv: ") && errors.contains("bantin: missing.tsv: "), "{errors}");
}

#[test]
fn lexicon_check_wants_a_table_and_a_file() {
    bantin().args(["lexicon", "check"]).assert().code(2);
    let which = bantin().args(["lexicon", "check", "posts.tsv"]).assert().code(2);
    which.stderr(predicate::str::contains("TABLE=FILE is wanted; the tables are acronyms, "));
    bantin()
        .args(["lexicon", "check", "post=posts.tsv"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no table post; the tables are "));
}

#[test]
fn a_wrong_configuration_is_named_with_its_line() {
    let folder = folder(&[
        ("bantin.toml", b"jobs = 2\ncolour = \"never\"\n"),
        ("other.toml", b"encoding = \"latin1\"\n"),
        ("good.toml", b"jobs = 1"),
    ]);
    let run = |arguments: &[&str]| bantin().current_dir(&folder).arg("normalize").args(arguments).write_stdin("Hoà").assert();
    run(&[]).code(2).stdout("").stderr(
        predicate::str::starts_with("bantin: bantin.toml:2: `colour = \"never\"`: unknown field `colour`, expected one of `include`, ")
            .and(predicate::str::contains("`color`")),
    );
    run(&["--config", "other.toml"]).code(2).stderr(
        "bantin: other.toml:1: `encoding = \"latin1\"`: \"latin1\" is none of utf8, utf16le, utf16be, windows1258, tcvn3, vni, viqr\n",
    );
    run(&["--config", "missing.toml"]).code(2).stderr(predicate::str::starts_with("bantin: missing.toml: "));
    run(&["--config", "good.toml"]).success().stdout("Hòa");
}

#[test]
fn completions_are_scripts_that_the_shells_take() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = output_of(bantin().args(["completions", shell]));
        assert!(["extract", "normalize", "encoding"].iter().all(|word| script.contains(word)), "{shell}");
        if matches!(shell, "bash" | "zsh" | "fish") && is_installed(shell, shell) {
            let folder = folder(&[("script", script.as_bytes())]);
            let checked = Process::new(shell).arg("-n").arg(folder.path().join("script")).output().unwrap();
            assert!(checked.status.success(), "{shell}: {}", String::from_utf8_lossy(&checked.stderr));
        }
    }
    bantin().args(["completions", "cmd"]).assert().code(2).stderr(predicate::str::contains("[possible values: bash, "));
}

#[test]
fn man_writes_a_page_for_the_program_and_for_each_subcommand() {
    let folder = tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    bantin().arg("man").arg(&pages).assert().success().stdout("");
    let suffixes =
        ["-check", "-completions", "-extract", "-lexicon-check", "-lexicon-list", "-lexicon", "-man", "-normalize", "-report", "-serve"];
    let mut expected: Vec<String> = suffixes.iter().chain(&[""]).map(|suffix| format!("bantin{suffix}.1")).collect();
    expected.sort();
    assert_eq!(names(&pages), expected);
    let man = is_installed("man", "man 2");
    for name in &expected {
        let page = fs::read_to_string(pages.join(name)).unwrap();
        let title = format!(".TH {} 1 ", name.trim_end_matches(".1"));
        assert!(page.lines().any(|line| line.starts_with(&title)) && page.contains(".SH SYNOPSIS"), "{name}");
        if man {
            let shown = Process::new("man").args(["--warnings", "-l", "-Tutf8"]).arg(pages.join(name)).output().unwrap();
            let complaints = String::from_utf8_lossy(&shown.stderr).into_owned();
            assert!(shown.status.success() && complaints.is_empty() && !shown.stdout.is_empty(), "{name}: {complaints}");
        }
    }
    assert_eq!(output_of(bantin().arg("man")), fs::read_to_string(pages.join("bantin.1")).unwrap());
    bantin().arg("man").arg(pages.join("bantin.1")).assert().code(2).stderr(predicate::str::contains("bantin.1: "));
}
