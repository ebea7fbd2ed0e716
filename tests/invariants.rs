//! Properties that hold for any text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::sync::LazyLock;

use bantin::normalize::{Normalizer, TonePlacement, normalize};
use bantin::token::{sentences, tokenize};
use bantin::{Bulletin, Explained, Explanation, Extractor, Fact, HeaderField, OffsetUnit};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Text made of what bulletins are made of, in any order: the rules' edges meet here sooner than in random characters.
fn bulletin_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "đồng chí",
        "Ông",
        "Lê Thị Thu",
        "Trần Văn Bình",
        "Y Blơ Niê",
        "H’Loan",
        "–",
        "-",
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "“",
        "”",
        "\"",
        "\n",
        "\n\n",
        "\t",
        "Bí thư",
        "TUV",
        "Phó Chủ tịch",
        "Trưởng",
        "Chánh",
        "nguyên",
        "các",
        "Quận ủy",
        "UBND",
        "tỉnh",
        "xã",
        "Ea Tul",
        "Công ty",
        "Sở",
        "Y tế",
        "và",
        "ngày",
        "tháng",
        "năm",
        "2021",
        "12/11",
        "6/5",
        "đảng viên",
        "đạt",
        "120%",
        "5-7%",
        "từ",
        "đến",
        "1,2",
        "tỷ",
        "đồng",
        "triệu",
        "USD",
        "Nghị quyết",
        "số",
        "21-NQ/TW",
        "của",
        "Bộ Chính trị",
        "quý",
        "IV/2021",
        "nhiệm kỳ",
        "2020-2025",
        "7h30",
        "hôm nay",
        "hai",
        "thôn",
        "giữ chức",
        "Hà Nội",
        "TP.",
        "phường",
        "5",
        "đường",
        "cho biết",
        "\u{200b}",
        "\u{ad}",
        "ộ\u{301}",
        "１２",
        "Điều",
        "Luật",
        "Đất đai",
        "$",
        "99999999999999999999",
        "0",
        "/",
        "Ảnh:",
        "PHƯƠNG THẢO",
        "một",
        "mươi",
        "trăm",
        "tỷ tỷ tỷ",
        "100 000 000 000",
        "24:30",
        "29/2",
    ]);
    prop::collection::vec((piece, prop::bool::weighted(0.8)), 0..60).prop_map(|pieces| {
        pieces.into_iter().fold(String::new(), |mut text, (piece, blank)| {
            text.push_str(piece);
            if blank {
                text.push(' ');
            }
            text
        })
    })
}

/// Every span of the bulletin with the text that it claims to cover.
fn spans(bulletin: &Bulletin) -> Vec<(bantin::Span, &str)> {
    let mut all: Vec<(bantin::Span, &str)> = Vec::new();
    for p in &bulletin.persons {
        all.push((p.span, &p.text));
        all.extend(p.titles.iter().map(|t| (t.span, t.text.as_str())));
    }
    all.extend(bulletin.organizations.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.dates.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.ratios.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.percents.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.quantities.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.money.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.documents.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.places.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.quotes.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.indicators.iter().map(|m| (m.span, m.text.as_str())));
    all.extend(bulletin.references.iter().map(|m| (m.span(), m.text())));
    all
}

/// What a bulletin says, without where: to compare two spellings of one text.
fn values(bulletin: &Bulletin) -> String {
    let mut json = serde_json::to_value(bulletin).unwrap();
    strip_spans(&mut json);
    json.to_string().nfc().collect()
}

fn strip_spans(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.remove("span");
            map.remove("spans");
            map.values_mut().for_each(strip_spans);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(strip_spans),
        _ => {}
    }
}

/// Every list of mentions is in the order of the text.
fn in_order(text: &str, bulletin: &Bulletin) {
    let json = serde_json::to_value(bulletin).unwrap();
    let lists = json.as_object().unwrap().iter().filter(|(name, _)| *name != "entities");
    for (list, mentions) in lists.filter_map(|(name, value)| Some((name, value.as_array()?))) {
        let starts: Vec<u64> = mentions.iter().map(|m| m["span"]["start"].as_u64().unwrap()).collect();
        assert!(starts.is_sorted(), "{list} of {text:?}");
    }
}

fn check(text: &str) {
    let mut bulletin = EXTRACTOR.extract(text);
    for (span, claimed) in spans(&bulletin) {
        assert_eq!(span.slice(text), Some(claimed), "{text:?}");
        assert_eq!(claimed.trim(), claimed, "white space at an edge in {text:?}");
        assert!(!claimed.is_empty(), "an empty mention in {text:?}");
    }
    in_order(text, &bulletin);
    let read: Bulletin = serde_json::from_str(&serde_json::to_string(&bulletin).unwrap()).unwrap();
    assert_eq!(read, bulletin, "serde does not read back {text:?}");
    let chars: Vec<char> = text.chars().collect();
    bulletin.convert_offsets(text, OffsetUnit::Chars);
    for (span, claimed) in spans(&bulletin) {
        assert_eq!(chars[span.start..span.end].iter().collect::<String>(), claimed);
    }
}

/// Every fact of every list, in their order: a person's titles behind the person, the header's fields last.
fn all_facts(bulletin: &Bulletin) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (person, said) in bulletin.persons.iter().enumerate() {
        facts.push(Fact::Person(person));
        facts.extend((0..said.titles.len()).map(|title| Fact::Title { person, title }));
    }
    let mut list = |length: usize, fact: fn(usize) -> Fact| facts.extend((0..length).map(fact));
    list(bulletin.organizations.len(), Fact::Organization);
    list(bulletin.dates.len(), Fact::Date);
    list(bulletin.ratios.len(), Fact::Ratio);
    list(bulletin.percents.len(), Fact::Percent);
    list(bulletin.quantities.len(), Fact::Quantity);
    list(bulletin.money.len(), Fact::Money);
    list(bulletin.documents.len(), Fact::Document);
    list(bulletin.places.len(), Fact::Place);
    list(bulletin.quotes.len(), Fact::Quote);
    list(bulletin.entities.len(), Fact::Entity);
    list(bulletin.indicators.len(), Fact::Indicator);
    list(bulletin.references.len(), Fact::Reference);
    let header = &bulletin.header;
    let fields = [
        (&header.headline, HeaderField::Headline),
        (&header.published, HeaderField::Published),
        (&header.place, HeaderField::Place),
        (&header.byline, HeaderField::Byline),
        (&header.source, HeaderField::Source),
        (&header.url, HeaderField::Url),
    ];
    facts.extend(fields.into_iter().filter(|(value, _)| value.is_some()).map(|(_, field)| Fact::Header(field)));
    facts
}

fn check_explained(text: &str, day: Option<bantin::jiff::civil::Date>) {
    let mut explained = EXTRACTOR.explain(text, day);
    assert_eq!(explained.bulletin, EXTRACTOR.extract_on(text, day), "another bulletin of {text:?}");
    let told: Vec<Fact> = explained.explanations.iter().map(|e| e.fact).collect();
    assert_eq!(told, all_facts(&explained.bulletin), "{text:?}");
    for explanation in &explained.explanations {
        let Explanation { fact, rule, evidence, rejected, .. } = explanation;
        assert!(rule.contains('.'), "{fact:?} has no rule of its own in {text:?}");
        let alone = rule == "header.reference_date";
        assert!(!evidence.is_empty() || alone, "{fact:?} ({rule}) stands on nothing in {text:?}");
        let spans = evidence.iter().map(|e| (e.span, &e.text)).chain(rejected.iter().map(|r| (r.span, &r.text)));
        for (span, claimed) in spans {
            assert_eq!(span.slice(text), Some(claimed.as_str()), "{rule} of {text:?}");
            assert!(!claimed.is_empty(), "{rule} of {text:?}");
        }
    }
    let read: Explained = serde_json::from_str(&serde_json::to_string(&explained).unwrap()).unwrap();
    assert_eq!(read, explained, "serde does not read back {text:?}");
    let chars: Vec<char> = text.chars().collect();
    explained.convert_offsets(text, OffsetUnit::Chars);
    for evidence in explained.explanations.iter().flat_map(|e| &e.evidence) {
        assert_eq!(chars[evidence.span.start..evidence.span.end].iter().collect::<String>(), evidence.text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_slice_to_their_text(text in bulletin_like()) {
        check(&text);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn a_worker_gives_the_same_whatever_it_read_before(texts in prop::collection::vec(prop_oneof![bulletin_like(), any::<String>()], 1..4)) {
        let mut worker = EXTRACTOR.worker();
        for text in &texts {
            prop_assert_eq!(worker.extract(text), EXTRACTOR.extract(text));
        }
    }

    #[test]
    fn every_fact_is_explained_once_by_what_stands_in_the_text(text in prop_oneof![bulletin_like(), any::<String>()], given in any::<bool>()) {
        check_explained(&text, given.then(|| bantin::jiff::civil::date(2021, 11, 12)));
    }

    #[test]
    fn composed_and_decomposed_text_give_the_same_values(text in bulletin_like()) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(values(&EXTRACTOR.extract(&composed)), values(&EXTRACTOR.extract(&decomposed)));
    }

    #[test]
    fn tokens_and_sentences_tile_the_text(text in prop_oneof![bulletin_like(), any::<String>()]) {
        let tokens = tokenize(&text);
        let mut at = 0;
        for token in &tokens {
            prop_assert_eq!(token.before, at);
            prop_assert!(token.span.start >= at && text.get(token.span.start..token.span.end).is_some());
            at = token.span.end;
        }
        prop_assert_eq!(at, text.len());
        let mut at = 0;
        for sentence in sentences(&text, &tokens) {
            prop_assert_eq!(sentence.start, at);
            prop_assert!(sentence.end > at);
            at = sentence.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn normalizing_is_idempotent_and_maps_back(text in prop_oneof![bulletin_like(), any::<String>()]) {
        for tone in [TonePlacement::Old, TonePlacement::New, TonePlacement::AsWritten] {
            let normalizer = Normalizer::new().tone(tone);
            let once = normalizer.normalize(&text);
            let again = normalizer.normalize(once.text());
            prop_assert_eq!(again.text(), once.text());
            if !once.text().is_empty() {
                prop_assert_eq!(once.to_original(0..once.text().len()), 0..text.len());
            }
        }
        // Any word of the clean text comes from a range of the original that normalizes to it.
        let clean = normalize(&text);
        for token in tokenize(clean.text()) {
            let original = clean.to_original(token.span.start..token.span.end);
            prop_assert!(text.get(original.clone()).is_some());
            let back = clean.to_normalized(original);
            prop_assert!(back.start <= token.span.start && token.span.end <= back.end);
        }
    }
}

/// One phrase after itself two thousand times: no rule follows its own trail down the stack, and no number grows beyond what JSON holds. A rule
/// that looked at all of what stands around it would take minutes here (`benches/extract.rs` measures how the cost grows).
#[test]
fn long_chains_of_one_phrase_are_read() {
    const SMALL_STACK: usize = 512 * 1024;
    let chains = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chains.txt")).unwrap();
    let reader = std::thread::Builder::new().stack_size(SMALL_STACK).spawn(move || {
        for phrase in chains.lines() {
            for chain in [phrase.repeat(2_000), format!("{phrase} ").repeat(2_000), format!("chi 5 {}", format!("{phrase} ").repeat(40))] {
                check(&chain);
            }
            check_explained(&format!("{phrase} ").repeat(40), None);
        }
    });
    assert!(reader.unwrap().join().is_ok());
}

#[test]
fn whole_bulletins_say_the_same_in_nfc_and_nfd() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let decomposed: String = text.nfd().collect();
        check(&text);
        check(&decomposed);
        check_explained(&text, None);
        check_explained(&decomposed, None);
        assert_eq!(values(&EXTRACTOR.extract(&text)), values(&EXTRACTOR.extract(&decomposed)));
        read += 1;
    }
    assert!(read >= 4, "samples are missing");
}

#[test]
fn an_empty_bulletin_gives_empty_lists() {
    let json = serde_json::to_value(EXTRACTOR.extract("")).unwrap();
    for list in ["persons", "organizations", "dates", "ratios", "percents", "quantities", "money", "documents", "places", "quotes"] {
        assert_eq!(json[list], serde_json::json!([]), "{list}");
    }
    assert_eq!(json["schema"], bantin::SCHEMA);
}

#[cfg(feature = "rayon")]
#[test]
fn many_bulletins_come_in_the_order_of_their_texts() {
    let texts: Vec<String> = (1..=500).map(|n| format!("Ông Trần Văn Bình, Bí thư Huyện ủy, trao {n} suất quà.")).collect();
    let each: Vec<Bulletin> = texts.iter().map(|text| EXTRACTOR.extract(text)).collect();
    assert!(each.iter().zip(1u32..).all(|(bulletin, n)| bulletin.quantities[0].value == f64::from(n)));
    assert_eq!(EXTRACTOR.extract_many(&texts), each);
}

#[test]
fn an_extractor_can_be_shared_between_threads() {
    fn shareable<T: Send + Sync>(_: &T) {}
    shareable(&*EXTRACTOR);
}
