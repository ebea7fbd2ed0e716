#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashSet;

use bantin::Extractor;

use super::{Entry, SCRIPT, STYLE, fragment, live, page};

const SAMPLE: &str = include_str!("sample.txt");

fn entry(source: &str, text: &str) -> Entry {
    let explained = Extractor::new().explain(text, None);
    Entry { source: source.to_owned(), text: text.to_owned(), bulletin: explained.bulletin, explanations: explained.explanations }
}

/// All values of an attribute, quoted or not.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let mut found = Vec::new();
    for rest in page.split(&format!(" {attribute}=")).skip(1) {
        found.push(match rest.strip_prefix('"') {
            Some(rest) => rest.split('"').next().unwrap(),
            None => rest.split(['>', ' ']).next().unwrap(),
        });
    }
    found
}

/// The page without style and script, in which `id=` and the like are no attributes.
fn body(page: &str) -> String {
    page.replace(SCRIPT, "").replace(STYLE, "")
}

#[test]
fn one_bulletin_shows_its_facts_and_the_figure_that_does_not_add_up() {
    let page = page("Sơn Lộc", &[entry("son-loc.txt", SAMPLE)]);
    for wanted in [
        "<html lang=\"vi\">",
        "Người và chức vụ",
        "Số liệu so với kế hoạch",
        "Tổ chức",
        "Văn bản",
        "Thời gian",
        "1 chỗ không khớp",
        "nêu 130%, tính ra 150%",
        "không khớp</span>",
        "class=\"former\">nguyên</span> Chủ tịch",
        "son-loc.txt",
        "18/11/2022",
        "<mark class=\"ratio bad\"",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn a_page_asks_for_nothing_elsewhere() {
    for page in [page("", &[entry("a", SAMPLE)]), page("", &[entry("a", SAMPLE), entry("b", SAMPLE)]), live()] {
        assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
        assert!(!page.contains("unsafe-inline"));
        for attribute in ["src", "action", "srcset", "style", "onclick"] {
            assert_eq!(values(&body(&page), attribute), [""; 0], "{attribute}");
        }
        let page = body(&page);
        let links = values(&page, "href");
        assert!(links.iter().all(|link| link.starts_with('#') || *link == "data:,"), "{links:?}");
        assert!(!page.contains("url(") && !page.contains("@import"));
    }
}

#[test]
fn nothing_of_a_text_becomes_markup() {
    let hostile = "<script>window.hacked=1</script> Ông <b>Trần Văn Bình</b>, Bí thư Quận ủy \"<img src=x onerror=y>\"\n\
                   </script><!-- Hội nghị ngày 12/11/2021 & </textarea> kết nạp 9/6 đảng viên mới, bằng 130% kế hoạch </script>\0\u{202e}";
    let pages =
        [page("</title><script>1</script>", &[entry("<img src=z>", hostile)]), page("a", &[entry("\"><i>", hostile), entry("<", hostile)])];
    for page in pages {
        // The scripts are those of the page: its data, and its code.
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, page.matches("<script class=\"data\" type=\"application/json\">").count() + 1);
        assert_eq!(scripts, page.matches("</script>").count());
        for markup in ["<b>Trần", "<img", "<i>", "<!--", "</textarea>"] {
            assert!(!body(&page).contains(markup), "{markup}");
        }
        assert!(!page.contains('\0'));
    }
}

#[test]
fn many_bulletins_have_an_index_posts_and_a_chart_and_every_link_leads_somewhere() {
    let later = "Hội nghị huyện Sơn Lộc\n20/12/2022\n\nĐồng chí Trịnh Thị Hải Vân – Bí thư Huyện ủy chủ trì.";
    let page = body(&page("Báo cáo", &[entry("a.txt", SAMPLE), entry("b.txt", later)]));
    for wanted in [
        "id=\"index\"",
        "id=\"posts\"",
        "id=\"chart\"",
        "18/11/2022 – 20/12/2022",
        "<svg class=\"bar\"",
        "aria-label=\"nêu 130%, tính ra 150%\"",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    let ids = values(&page, "id");
    let distinct: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "no id twice");
    for link in values(&page, "href").into_iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(distinct.contains(link), "#{link}");
    }
}

#[test]
fn the_data_of_the_script_are_json_with_a_row_for_each_mark() {
    let part = fragment(&entry("", SAMPLE));
    let data = part.split("type=\"application/json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(data).unwrap();
    let marks = values(&part, "id").iter().filter(|id| id.strip_prefix("b0-").is_some_and(|n| n.parse::<usize>().is_ok())).count();
    assert_eq!(rows.len(), marks);
    let ratio = rows.iter().find(|row| row[0] == "ratio" && row[5] != serde_json::Value::Null).unwrap();
    assert_eq!(ratio[2], "ratio.verdict");
    assert_eq!(ratio[5], "nêu 130%, tính ra 150%");
}

#[test]
fn a_page_without_bulletins_or_text_is_a_page() {
    for page in [page("trống", &[]), page("trống", &[entry("", "")])] {
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    for page in
        [page("", &[entry("a", SAMPLE)]), page("", &[entry("a", SAMPLE), entry("b", SAMPLE)]), live() + &fragment(&entry("", SAMPLE))]
    {
        let page = body(&page);
        let levels: Vec<u8> =
            page.match_indices("<h").filter_map(|(at, _)| page.as_bytes()[at + 2].checked_sub(b'0')).filter(|n| *n < 7).collect();
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    }
}

/// The contrast of two colours as WCAG 2 counts it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let hex = colour.trim_start_matches('#');
        let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn words_stand_out_from_their_ground_by_day_and_by_night() {
    let (day, night) = STYLE.split_once("prefers-color-scheme: dark").unwrap();
    for scheme in [day, night.split("box-sizing").next().unwrap()] {
        let colour = |name: &str| scheme.split_once(&format!("--{name}: ")).unwrap().1.split(';').next().unwrap();
        let mut pairs = vec![("bad", "bad-bg")];
        for word in ["ink", "soft", "accent", "bad"].into_iter().chain(super::say::KINDS.map(|(kind, _)| kind)) {
            pairs.extend([(word, "bg"), (word, "paper")]);
        }
        for (word, ground) in pairs {
            let contrast = contrast(colour(word), colour(ground));
            assert!(contrast >= 4.5, "{word} on {ground}: {contrast:.2}");
        }
    }
}
