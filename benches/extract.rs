//! Bytes per second of normalizing, tokenizing and the whole extraction, beside merely splitting words (`unicode_words`), on the same text in one
//! run: compare the ratios, not the seconds. Every measurement asserts what it counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::hint::black_box;

use bantin::normalize::normalize;
use bantin::token::tokenize;
use bantin::{Bulletin, Extractor};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;

/// The samples, one after another, again and again until there are `size` bytes.
fn text_of(size: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let samples: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let mut text = String::new();
    for sample in samples.iter().cycle() {
        if text.len() >= size {
            break;
        }
        text.push_str(sample);
        text.push('\n');
    }
    let mut end = size;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

fn mentions(bulletin: &Bulletin) -> usize {
    bulletin.persons.len() + bulletin.organizations.len() + bulletin.dates.len() + bulletin.quantities.len() + bulletin.places.len()
}

fn stages(criterion: &mut Criterion) {
    let extractor = Extractor::new();
    for (name, size) in [("2kB", 2_000), ("20kB", 20_000), ("2MB", 2_000_000)] {
        let text = text_of(size);
        let words = text.unicode_words().count();
        let tokens = tokenize(&text).len();
        let found = mentions(&extractor.extract(&text));
        assert!(
            words > size / 12 && tokens > words && found > size / 120,
            "{words} words, {tokens} tokens, {found} mentions in {size} bytes"
        );
        let mut group = criterion.benchmark_group("extract");
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(if size > 100_000 { 10 } else { 50 });
        group.bench_with_input(BenchmarkId::new("unicode_words", name), &text, |b, text| {
            b.iter(|| assert_eq!(black_box(text).unicode_words().count(), words));
        });
        group.bench_with_input(BenchmarkId::new("normalize", name), &text, |b, text| {
            b.iter(|| assert!(normalize(black_box(text)).text().len() > size / 2));
        });
        group.bench_with_input(BenchmarkId::new("tokenize", name), &text, |b, text| {
            b.iter(|| assert_eq!(tokenize(black_box(text)).len(), tokens));
        });
        group.bench_with_input(BenchmarkId::new("extract", name), &text, |b, text| {
            b.iter(|| assert_eq!(mentions(&extractor.extract(black_box(text))), found));
        });
        group.finish();
    }
}

/// Every phrase of `tests/chains.txt` after itself, at one length and at twice that: twice the time where the cost is linear.
fn chains(criterion: &mut Criterion) {
    let phrases = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chains.txt")).unwrap();
    let extractor = Extractor::new();
    let mut group = criterion.benchmark_group("chains");
    group.sample_size(10);
    for (name, size) in [("20kB", 20_000), ("40kB", 40_000)] {
        let texts: Vec<String> = phrases.lines().map(|phrase| format!("{phrase} ").repeat(size / (phrase.len() + 1))).collect();
        assert!(texts.len() > 50 && texts.iter().all(|text| text.len() > size / 2));
        group.bench_with_input(BenchmarkId::new("extract", name), &texts, |b, texts| {
            b.iter(|| assert!(texts.iter().map(|text| mentions(&extractor.extract(black_box(text)))).sum::<usize>() > 10_000));
        });
    }
    group.finish();
}

criterion_group!(benches, stages, chains);
criterion_main!(benches);
