//! Texts that no bulletin is, made to find a rule that looks at all of what stands around it. The first measurement is the usual text; the goal is
//! that none of the others runs below a quarter of its rate, which the table shows. Every measurement asserts what it counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod shared;

use std::hint::black_box;

use bantin::{Bulletin, Extractor};
use criterion::{Criterion, criterion_group, criterion_main};
use unicode_normalization::UnicodeNormalization;

use shared::{Race, filled, mentions, text_of};

const MB: usize = 1_000_000;

/// Behind each text, on a line of its own: whoever finds it has read the text to its end, even where that holds nothing.
const LAST: &str = "Ngày 12/11/2021, đồng chí Trần Thị Mai Hương – TUV, Bí thư Quận ủy dự hội nghị.";

fn hostile(criterion: &mut Criterion) {
    let extractor = Extractor::new();
    let mut race = Race::new(criterion, "hostile");
    for (name, text, least) in texts() {
        let text = format!("{text}\n\n{LAST}\n");
        let mut found = None;
        race.run(name, text.len(), || {
            let bulletin = extractor.extract(black_box(&text));
            let now = mentions(&bulletin);
            assert!(now >= least && now == *found.get_or_insert(now), "{now} mentions in {name}");
            assert!(last_is_found(&bulletin, &text), "{name} was not read to its end");
        });
    }
    race.finish();
}

fn last_is_found(bulletin: &Bulletin, text: &str) -> bool {
    let person =
        bulletin.persons.last().is_some_and(|person| person.name == "Trần Thị Mai Hương" && text.len() - person.span.end < LAST.len());
    let date = bulletin.dates.last().is_some_and(|date| date.value == "2021-11-12" && text.len() - date.span.end < LAST.len());
    person && date
}

/// Each text with its name and how many mentions it has at the least: a person and a day behind it all.
fn texts() -> Vec<(&'static str, String, usize)> {
    let usual = text_of(2 * MB);
    let decomposed = text_of(MB).nfd().collect();
    let pieces = |piece: &str| filled(MB, std::iter::repeat(piece));
    vec![
        ("usual", usual, 2 * MB / 60),
        ("nfd", decomposed, MB / 60),
        ("one_sentence_5MB", one_sentence(5 * MB), 5 * MB / 100),
        ("names_100kB", names(MB / 10), MB / 500),
        ("names_1MB", names(MB), MB / 50),
        ("capitals", capitals(MB), 2),
        ("digits_slashes", pieces("12/11/2021/7/5/30/4/131/165/"), 2),
        ("fractions", pieces("1/2 3/4 "), MB / 20),
        ("fractions_100kB", filled(MB / 10, std::iter::repeat("1/2 3/4 ")), MB / 200),
        ("quotes_both", "“xã \"nói ".repeat(50_000), 2),
        ("quotes_curly", "“xã nói ".repeat(100_000), 2),
        ("quotes_straight", "\"xã nói ".repeat(100_000), 2),
        ("quotes_dense", pieces("\"a "), 2),
        ("quotes_bare", "“\"".repeat(50_000), 2),
        ("brackets_bare", nested("([{", "}])", MB), 2),
        ("brackets_words", nested("(xã [huyện {tỉnh ", " nay} đến] kể)", MB), 2),
        ("one_word", pieces("đường"), 2),
        ("one_word_ascii", pieces("a"), 2),
        ("one_number", pieces("1234567890"), 2),
        ("line_ends", pieces("\n"), 2),
        ("combining_marks", pieces("\u{301}\u{323}\u{302}"), 2),
        ("emoji_cjk", pieces("😀漢字👩‍👩‍👧語🇻🇳"), 2),
    ]
}

/// The samples without what ends a sentence.
fn one_sentence(size: usize) -> String {
    let sample = text_of(20_000);
    let words = sample.split_whitespace().map(|word| format!("{} ", word.replace(['.', '!', '?', '…', ':', ';'], "")));
    filled(size, words.collect::<Vec<_>>().iter().cycle())
}

const FAMILY: &str = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đoàn";
const MIDDLE: &str = "Thị Văn Hữu Đức Minh Ngọc Quang Thanh Xuân Đình Công Thu Hồng Kim Thế Quốc Bá Gia Mạnh Hải Tuấn Anh Bảo";
const GIVEN: &str = "Mai Bình Hương Dũng Lan Hùng Hoa Cường Nga Thắng Yến Sơn Hạnh Long Trang Phúc Thảo Khải Oanh Tùng Nhung Việt Liên Kiên Hiền Tâm \
                     Phương Đạt Chi Toàn Loan Vinh Giang Nam Thúy Hậu Khánh";

/// Invented names, one after another, of which the first 14,467 differ (17 × 23 × 37).
fn invented() -> impl Iterator<Item = String> {
    let rest = MIDDLE.split(' ').cycle().zip(GIVEN.split_whitespace().cycle());
    FAMILY.split(' ').cycle().zip(rest).map(|(family, (middle, given))| format!("{family} {middle} {given}"))
}

fn names(size: usize) -> String {
    filled(size, invented().map(|name| format!("{name}, ")))
}

/// Names without any mark between them.
fn capitals(size: usize) -> String {
    filled(size, invented().map(|name| format!("{name} ")))
}

/// Brackets that all open before the first closes.
fn nested(open: &str, close: &str, size: usize) -> String {
    let depth = size / (open.len() + close.len());
    open.repeat(depth) + &close.repeat(depth)
}

criterion_group!(benches, hostile);
criterion_main!(benches);
