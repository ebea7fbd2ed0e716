//! What the whole extraction costs beside its stages and beside what any reader of text does at the least, on the same text in one run; that the
//! cost grows with the text and no faster. Compare the ratios in the tables, not the seconds. Every measurement asserts what it counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod shared;

use std::hint::black_box;

use aho_corasick::{AhoCorasick, MatchKind};
use bantin::Extractor;
use bantin::normalize::normalize;
use bantin::token::{sentences, tokenize};
use criterion::{Criterion, criterion_group, criterion_main};
use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

use shared::{Race, mentions, samples, text_of};

/// Two megabytes: the extraction, its first stages alone, and three yardsticks that find less.
fn text(criterion: &mut Criterion) {
    const SIZE: usize = 2_000_000;
    let text = text_of(SIZE);
    let extractor = Extractor::new();
    let found = mentions(&extractor.extract(&text));
    let tokens = tokenize(&text);
    let cut = sentences(&text, &tokens).len();
    let words = text.unicode_words().count();
    let forms = lexicon_forms();
    let lexicon = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&forms).unwrap();
    let hits = lexicon.find_iter(&text).count();
    let date = Regex::new(r"\d{1,2}[/.-]\d{1,2}([/.-]\d{4})?|ngày \d+ tháng \d+ năm \d+").unwrap();
    let dates = date.find_iter(&text).count();
    assert!(found > SIZE / 60 && tokens.len() > words && words > SIZE / 12, "{found} mentions, {} tokens, {words} words", tokens.len());
    assert!(cut > SIZE / 500 && forms.len() > 20_000 && hits > SIZE / 30, "{cut} sentences, {} forms, {hits} hits", forms.len());
    assert!(dates > SIZE / 500, "{dates} dates");

    let mut race = Race::new(criterion, "text");
    race.run("extract", text.len(), || assert_eq!(mentions(&extractor.extract(black_box(&text))), found));
    race.run("tokenize", text.len(), || assert_eq!(tokenize(black_box(&text)).len(), tokens.len()));
    race.run("sentences", text.len(), || assert_eq!(sentences(black_box(&text), &tokens).len(), cut));
    race.run("normalize", text.len(), || assert!(normalize(black_box(&text)).text().len() > SIZE / 2));
    race.run("unicode_words", text.len(), || assert_eq!(black_box(&text).unicode_words().count(), words));
    race.run("aho_corasick", text.len(), || assert_eq!(lexicon.find_iter(black_box(&text)).count(), hits));
    race.run("date_regex", text.len(), || assert_eq!(date.find_iter(black_box(&text)).count(), dates));
    race.finish();
}

/// The forms of the lexicon's tables as they are written there.
fn lexicon_forms() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tables =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "tsv")).map(|path| std::fs::read_to_string(path).unwrap());
    let first = |row: &str| row.split('\t').next().unwrap_or_default().to_owned();
    let mut forms: Vec<String> = tables
        .filter(|table| table.contains("\n# columns: form") || table.contains("\n# columns: acronym"))
        .flat_map(|table| table.lines().filter(|line| !line.starts_with("# ")).map(first).collect::<Vec<_>>())
        .filter(|form| !form.is_empty())
        .collect();
    forms.sort();
    forms.dedup();
    forms
}

/// The samples one by one: a bulletin of two kilobytes pays each time what a long text pays once.
fn bulletins(criterion: &mut Criterion) {
    let samples = samples();
    let bytes = samples.iter().map(String::len).sum::<usize>();
    let extractor = Extractor::new();
    let extract = || samples.iter().map(|sample| mentions(&extractor.extract(black_box(sample)))).sum::<usize>();
    let split = || samples.iter().map(|sample| black_box(sample).unicode_words().count()).sum::<usize>();
    let (found, words) = (extract(), split());
    assert!(samples.len() >= 6 && found > bytes / 60 && words > bytes / 12, "{found} mentions, {words} words in {bytes} bytes");

    let mut race = Race::new(criterion, "bulletins");
    race.run("extract", bytes, || assert_eq!(extract(), found));
    race.run("unicode_words", bytes, || assert_eq!(split(), words));
    race.finish();
}

/// From one bulletin to ten thousand in one text: where the cost is linear, the rate stays the same.
fn size(criterion: &mut Criterion) {
    let extractor = Extractor::new();
    let mut race = Race::new(criterion, "size");
    for (name, size) in [("2kB", 2_000), ("20kB", 20_000), ("200kB", 200_000), ("2MB", 2_000_000), ("20MB", 20_000_000)] {
        let text = text_of(size);
        let mut found = None;
        race.run(name, text.len(), || {
            let now = mentions(&extractor.extract(black_box(&text)));
            assert!(now > size / 60 && now == *found.get_or_insert(now), "{now} mentions in {name}");
        });
    }
    race.finish();
}

/// Every phrase of `tests/chains.txt` after itself, at one length and at twice that: the same rate where the cost is linear.
fn chains(criterion: &mut Criterion) {
    let phrases = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chains.txt")).unwrap();
    let extractor = Extractor::new();
    let mut race = Race::new(criterion, "chains");
    for (name, size) in [("extract/20kB", 20_000), ("extract/40kB", 40_000)] {
        let texts: Vec<String> = phrases.lines().map(|phrase| format!("{phrase} ").repeat(size / (phrase.len() + 1))).collect();
        assert!(texts.len() > 50 && texts.iter().all(|text| text.len() > size / 2));
        race.run(name, texts.iter().map(String::len).sum(), || {
            assert!(texts.iter().map(|text| mentions(&extractor.extract(black_box(text)))).sum::<usize>() > 10_000);
        });
    }
    race.finish();
}

criterion_group!(benches, text, bulletins, size, chains);
criterion_main!(benches);
