//! The main text of an HTML page as lines, with its headline, its day and its source where the library looks for them.

use std::cell::OnceCell;

use bantin::jiff::civil::Date;
use bantin::jiff::{Timestamp, tz};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use serde_json::Value;

use super::guard::guarded;
use super::lines::Lines;
use super::{Encoding, Refusal, Text, encoding};

/// Elements that are never text.
const NO_TEXT: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "embed", "video", "audio", "canvas", "head", "button",
    "select", "textarea",
];
/// Elements that hold what the site adds.
const FURNITURE: &[&str] = &["nav", "footer", "aside", "form", "header", "menu", "dialog"];
/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Pages of more elements or deeper ones are not searched for their main text.
const MOST_ELEMENTS: usize = 60_000;
const DEEP: usize = 400;
/// Deeper ones are not read: what HTML wants to be done at each tag takes time with the depth.
const DEEPEST: usize = 2_000;
/// Elements that end without a tag.
const UNCLOSED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
    "option", "tr", "td", "th", "tbody", "thead", "tfoot",
];

/// The main text of a page.
pub fn text(bytes: &[u8], named: Option<Encoding>) -> Result<Text, Refusal> {
    let (html, mut remarks) = encoding::decode_page(bytes, named)?;
    if is_too_deep(&html) {
        return Err(Refusal::new(format!("a page of elements that are nested more than {DEEPEST} deep")).advise("save its text as .txt"));
    }
    let (text, whole) =
        guarded(|| page(&html)).ok_or_else(|| Refusal::new("a page that cannot be taken apart").advise("save its text as .txt"))?;
    remarks.push(format!("main text of the page: {} of {whole} characters", text.chars().count()));
    Ok((text, remarks))
}

/// The main text, and how many characters the whole page has.
fn page(html: &str) -> (String, usize) {
    let document = Document::from(html);
    let head = Head::of(&document);
    let whole: usize = lines(&document.root(), &[]).iter().map(|line| line.chars().count() + 1).sum();
    let without_furniture = lines(&document.root(), FURNITURE);
    // Where Readability finds no article, it gives all there is.
    let length = |lines: &[String]| lines.iter().map(String::len).sum::<usize>();
    let article = main_text(document).filter(|lines| !lines.is_empty() && length(lines) < length(&without_furniture));
    let body = article.unwrap_or(without_furniture);
    (head.with(body), whole)
}

/// The lines of what Readability takes for the article.
fn main_text(document: Document) -> Option<Vec<String>> {
    if depth(&document.root()) > DEEP {
        return None;
    }
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, char_threshold: 200, ..Config::default() };
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    let told = readability.get_article_metadata(readability.parse_json_ld()).byline;
    let article = guarded(|| readability.parse())?.ok()?;
    let mut lines = lines(&Document::fragment(article.content).root(), &[]);
    // Where no metadata tells the author, Readability has cut the line with the name out.
    if let Some(author) = article.byline.filter(|author| told.is_none() && !author.trim().is_empty() && !lines.is_empty()) {
        lines.push(author.trim().to_owned());
    }
    Some(lines)
}

// ------------------------------------------------------------ headline, day, source

/// What a page says about its article.
#[derive(Debug, Default)]
struct Head {
    headline: Option<String>,
    published: Option<Date>,
    site: Option<String>,
}

impl Head {
    fn of(document: &Document) -> Head {
        let data = OnceCell::new();
        let data = |key: &str| {
            let data: &Vec<Value> = data.get_or_init(|| {
                let scripts = document.select("script[type='application/ld+json']");
                scripts.iter().filter_map(|script| serde_json::from_str(script.text().trim()).ok()).collect()
            });
            data.iter().find_map(|value| member(value, key))
        };
        let site = meta(document, &["og:site_name"]);
        let time = || {
            let time = document.select("time[datetime]");
            time.iter().find_map(|time| day(&time.attr("datetime")?))
        };
        let published = meta(document, &["article:published_time", "datepublished", "pubdate", "dc.date.issued", "article:published"]);
        let published = published.and_then(|value| day(&value)).or_else(|| day(&data("datePublished")?)).or_else(time);
        let title = meta(document, &["og:title", "twitter:title"]).or_else(|| data("headline"));
        let title = title.or_else(|| some(&document.select("title").iter().next()?.text()));
        let title = title.map(|title| without_site(&title, site.as_deref()));
        let headings: Vec<String> = document.select("h1").iter().filter_map(|heading| some(&heading.text())).collect();
        // The heading that the title names, else the title; the first heading may be the site's own.
        let headline = match title {
            Some(title) => {
                let named = |heading: &&String| {
                    let (heading, title) = (heading.to_lowercase(), title.to_lowercase());
                    heading.split(' ').count() >= 3 && title.contains(&heading) || heading.contains(&title)
                };
                Some(headings.iter().find(named).cloned().unwrap_or(title))
            }
            None => headings.iter().find(|heading| heading.split(' ').count() >= 3).or(headings.first()).cloned(),
        };
        Head { headline, published, site }
    }

    /// The page: headline, day, an empty line, the text, the source.
    fn with(self, mut body: Vec<String>) -> String {
        let same = |line: &String, other: &str| line.to_lowercase() == other.to_lowercase();
        if let Some(headline) = &self.headline
            && let Some(n) = body.iter().take(4).position(|line| same(line, headline))
        {
            body.remove(n);
        }
        let mut page: Vec<String> = self.headline.into_iter().collect();
        if let Some(date) = self.published {
            let spellings =
                [date.strftime("%d/%m/%Y").to_string(), date.strftime("%-d/%-m/%Y").to_string(), date.strftime("%d-%m-%Y").to_string()];
            let says = |line: &String| line.split(' ').count() <= 12 && spellings.iter().any(|spelling| line.contains(spelling.as_str()));
            // A line of the page that says the day stays as it is.
            match body.iter().take(3).position(says) {
                Some(n) => page.extend(body.drain(..=n)),
                None => page.extend(spellings.into_iter().next()),
            }
        }
        if !page.is_empty() {
            page.push(String::new());
        }
        let source = self.site.filter(|site| {
            let mut last = body.iter().rev().take(4);
            !last.any(|line| line.to_lowercase().contains(&site.to_lowercase()) || line.trim_start().starts_with("Nguồn"))
        });
        page.extend(body);
        page.extend(source.map(|site| format!("Nguồn: {site}")));
        page.join("\n").trim().to_owned()
    }
}

/// The first of these metadata that the page has.
fn meta(document: &Document, names: &[&str]) -> Option<String> {
    let metas = document.select("meta[content]");
    let is = |node: &NodeRef, name: &str| {
        ["property", "name", "itemprop"].into_iter().any(|key| node.attr(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
    };
    names.iter().find_map(|name| metas.nodes().iter().filter(|node| is(node, name)).find_map(|node| some(&node.attr("content")?)))
}

/// A text in one line, if there is any.
fn some(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A member of linked data, at whatever depth.
fn member(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::Object(object) => match object.get(key) {
            Some(Value::String(text)) => some(text),
            _ => object.values().find_map(|value| member(value, key)),
        },
        Value::Array(list) => list.iter().find_map(|value| member(value, key)),
        _ => None,
    }
}

/// A title without the name of the site behind it: *Quận ủy họp - Báo Kiến An*.
fn without_site(title: &str, site: Option<&str>) -> String {
    let of_site = |tail: &str| {
        let first = tail.split(' ').next().unwrap_or_default();
        site.is_some_and(|site| site.to_lowercase() == tail.to_lowercase())
            || tail.contains('.') && !tail.contains(' ')
            || tail.contains(' ') && matches!(first, "Báo" | "Cổng" | "Trang" | "Đài" | "Website")
    };
    let cut =
        [" - ", " | ", " – ", " — ", " :: ", " » "].iter().find_map(|bar| title.rsplit_once(bar).filter(|(_, tail)| of_site(tail.trim())));
    cut.map_or(title, |(head, _)| head).trim().to_owned()
}

/// The day of a point in time as pages write it. One in UTC is meant for the clocks of Vietnam; others say the day themselves.
fn day(value: &str) -> Option<Date> {
    let value = value.trim();
    let utc = value.ends_with('Z') || value.ends_with("+00:00") || value.ends_with("+0000");
    if let Some(time) = value.parse::<Timestamp>().ok().filter(|_| utc) {
        return Some(tz::offset(7).to_datetime(time).date());
    }
    if let Some(date) = value.get(..10).and_then(|date| date.parse().ok()) {
        return Some(date);
    }
    let mut numbers = value.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let (day, month, year) = (numbers.next()?, numbers.next()?, numbers.next()?);
    (year.len() == 4).then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()
}

// ------------------------------------------------------------ lines

/// Whether the tags open much more than they close, before a tree is made of them.
fn is_too_deep(html: &str) -> bool {
    let mut depth = 0usize;
    html.split('<').skip(1).any(|tag| {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag.get(..end).unwrap_or_default();
        if !name.is_empty() && !UNCLOSED.iter().any(|unclosed| name.eq_ignore_ascii_case(unclosed)) {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        }
        depth > DEEPEST
    })
}

/// How deep the tree is.
fn depth(root: &NodeRef) -> usize {
    let (mut deepest, mut depth) = (0, 0);
    walk(root, |step| match step {
        Step::In(_) => {
            depth += 1;
            deepest = deepest.max(depth);
            true
        }
        Step::Out(_) => {
            depth -= 1;
            true
        }
    });
    deepest
}

/// The lines below a node, without the elements named.
fn lines(root: &NodeRef, furniture: &[&str]) -> Vec<String> {
    let mut lines = Lines::default();
    let mut preformatted = 0;
    walk(root, |step| {
        match step {
            Step::In(node) if node.is_text() => {
                let text = node.text();
                for (n, line) in text.split(|c| preformatted > 0 && c == '\n').enumerate() {
                    if n > 0 {
                        lines.end_line();
                    }
                    lines.text(line);
                }
            }
            Step::In(node) => {
                let Some(name) = node.node_name() else { return true };
                if NO_TEXT.contains(&&*name) || furniture.contains(&&*name) || is_hidden(node) {
                    return false;
                }
                match &*name {
                    "table" => lines.open_table(),
                    "tr" => lines.open_row(),
                    "td" | "th" => lines.open_cell(),
                    "pre" => {
                        preformatted += 1;
                        lines.end_line();
                    }
                    name if INLINE.contains(&name) => {}
                    _ => lines.end_line(),
                }
            }
            Step::Out(node) => match node.node_name().as_deref() {
                Some("table") => lines.close_table(),
                Some("td" | "th") => lines.close_cell(),
                Some("tr") | None => {}
                Some("pre") => {
                    preformatted -= 1;
                    lines.end_line();
                }
                Some(name) if INLINE.contains(&name) => {}
                Some(_) => lines.end_line(),
            },
        }
        true
    });
    lines.finish()
}

fn is_hidden(node: &NodeRef) -> bool {
    let style = || node.attr("style").is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"));
    node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|hidden| &*hidden == "true") || style()
}

/// A step of a walk.
enum Step<'n, 'd> {
    In(&'n NodeRef<'d>),
    Out(&'n NodeRef<'d>),
}

/// Walks through all nodes below one, without recursion: a page may be nested a hundred thousand deep. Where `visit` says no to a node it goes in, it
/// is passed over.
fn walk<'d>(root: &NodeRef<'d>, mut visit: impl FnMut(Step<'_, 'd>) -> bool) {
    let mut next = root.first_child();
    while let Some(mut node) = next {
        let inside = visit(Step::In(&node));
        next = node.first_child().filter(|_| inside);
        if next.is_some() {
            continue;
        }
        if inside {
            visit(Step::Out(&node));
        }
        next = loop {
            if let Some(sibling) = node.next_sibling() {
                break Some(sibling);
            }
            match node.parent() {
                Some(parent) if parent.id != root.id => {
                    visit(Step::Out(&parent));
                    node = parent;
                }
                _ => break None,
            }
        };
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn read(html: &str) -> (String, Vec<String>) {
        text(html.as_bytes(), None).unwrap()
    }

    /// A page of a news site, as they are: menus, a trail, related articles, comments.
    const NEWS: &str = r##"<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
        <title>Quận ủy Hải An giao ban tháng mười - Báo Cửa Biển</title>
        <meta property="og:title" content="Quận ủy Hải An giao ban tháng mười">
        <meta property="og:site_name" content="Báo Cửa Biển">
        <meta property="article:published_time" content="2022-10-05T18:30:00Z">
        <script>var menu = "Trang chủ";</script><style>p { color: red }</style></head>
        <body><header><h1><a href="/">Báo Cửa Biển</a></h1></header>
        <nav><ul><li><a href="/a">Trang chủ</a></li><li><a href="/b">Thời sự</a></li><li><a href="/c">Kinh tế</a></li></ul></nav>
        <div class="content"><article>
        <h1>Quận ủy Hải An giao ban tháng mười</h1>
        <p>Sáng 5/10, Quận ủy Hải&nbsp;An họp giao ban với các chi bộ &amp; đảng bộ cơ sở. Đồng chí <b>Trần Thị Kim Oanh</b>, Bí thư Quận ủy, chủ trì hội nghị,
           nghe báo cáo kết quả chín tháng, bàn nhiệm vụ ba tháng cuối năm.</p>
        <p>Theo báo cáo, toàn đảng bộ kết nạp 7/5 đảng viên mới, đạt 140% kế hoạch; thu ngân sách được 412,6 tỷ đồng, bằng 76,7% dự toán, tăng so với cùng
           kỳ năm trước.<br>Các phường Cát Bi, Đằng Hải, Nam Hải về đích sớm, được biểu dương.</p>
        <ul><li>Phường Cát Bi kết nạp ba đảng viên, vượt kế hoạch, có nhiều cách làm hay.</li><li>Phường Nam Hải kết nạp hai đảng viên, đạt kế hoạch cả năm.</li></ul>
        <p>Kết luận hội nghị, đồng chí Bí thư Quận ủy yêu cầu các cấp ủy rà soát từng chỉ tiêu, phân công rõ người, rõ việc, rõ thời gian, quyết tâm hoàn
           thành toàn diện nhiệm vụ năm.</p>
        </article></div>
        <aside><h3>Tin liên quan</h3><ul><li><a href="/1">Giá vàng hôm nay</a></li><li><a href="/2">Thời tiết ngày mai</a></li></ul></aside>
        <footer><p>Giấy phép số 1/GP. Tổng biên tập: ai đó. Bản quyền thuộc về tòa soạn.</p></footer></body></html>"##;

    #[test]
    fn the_library_finds_headline_day_and_source() {
        let (text, remarks) = read(NEWS);
        let lines: Vec<&str> = text.lines().collect();
        // In UTC it was still the fifth.
        assert_eq!(lines[..3], ["Quận ủy Hải An giao ban tháng mười", "06/10/2022", ""], "{text}");
        assert!(
            lines[3]
                .starts_with("Sáng 5/10, Quận ủy Hải An họp giao ban với các chi bộ & đảng bộ cơ sở. Đồng chí Trần Thị Kim Oanh, Bí thư")
        );
        assert!(lines.contains(&"Các phường Cát Bi, Đằng Hải, Nam Hải về đích sớm, được biểu dương."), "{text}");
        assert!(lines.contains(&"Phường Nam Hải kết nạp hai đảng viên, đạt kế hoạch cả năm."), "{text}");
        assert_eq!(lines.last(), Some(&"Nguồn: Báo Cửa Biển"));
        for furniture in ["Trang chủ", "Giá vàng", "Giấy phép", "color"] {
            assert!(!text.contains(furniture), "{furniture} in {text}");
        }
        assert!(remarks.iter().any(|remark| remark.starts_with("main text of the page: ")), "{remarks:?}");

        let header = bantin::Extractor::new().extract(&text).header;
        assert_eq!(header.headline.as_deref(), Some("Quận ủy Hải An giao ban tháng mười"));
        assert_eq!(header.published.map(|day| day.to_string()).as_deref(), Some("2022-10-06"));
        assert_eq!(header.source.as_deref(), Some("Báo Cửa Biển"));
    }

    #[test]
    fn a_page_without_an_article_gives_its_whole_body() {
        let (text, _) = read(
            "<html><body><nav>Trang chủ</nav><div>Chi bộ họp.<div>Có 12 đảng viên.</div></div><script>x</script><p style='display: none'>ẩn</p>",
        );
        assert_eq!(text, "Chi bộ họp.\nCó 12 đảng viên.");
        for nothing in ["", "<html></html>", "<html><body><script>var a;</script>"] {
            assert_eq!(read(nothing).0, "");
        }
    }

    #[test]
    fn rows_are_lines_and_preformatted_lines_stay() {
        let (text, _) = read(
            "<p>Kết quả</p><table><tr><th>Phường</th><th>Đảng viên</th></tr><tr><td><p>Cát Bi</p></td><td><p>12</p></td></tr></table><pre>một\n hai</pre>",
        );
        assert_eq!(text, "Kết quả\nPhường\tĐảng viên\nCát Bi\t12\nmột\nhai");
    }

    #[test]
    fn days_as_pages_write_them() {
        for (value, expected) in [
            ("2022-10-05T16:59:00Z", Some("2022-10-05")),
            ("2022-10-05T17:00:00+00:00", Some("2022-10-06")),
            ("2022-10-05T23:30:00+07:00", Some("2022-10-05")),
            ("2022-10-05T08:00", Some("2022-10-05")),
            ("2022-10-05", Some("2022-10-05")),
            ("5/10/2022 08:00", Some("2022-10-05")),
            ("5/13/2022", None),
            ("hôm nay", None),
            ("", None),
        ] {
            assert_eq!(day(value).map(|day| day.to_string()).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn linked_data_and_time_elements_tell_the_day() {
        let linked = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2021-03-04"}]}</script><p>Chi bộ họp."#;
        assert_eq!(read(linked).0, "04/03/2021\n\nChi bộ họp.");
        assert_eq!(
            read("<h1>Chi bộ họp tháng ba</h1><time datetime='2021-03-05'>hôm qua</time><p>Có 12 đảng viên.").0.lines().nth(1),
            Some("05/03/2021")
        );
        // The page says it itself.
        let said = read("<meta property='article:published_time' content='2021-03-05'><h1>Chi bộ họp tháng ba</h1><p>Thứ Sáu, 5/3/2021 - 08:15</p><p>Có 12 đảng viên.").0;
        assert_eq!(said, "Chi bộ họp tháng ba\nThứ Sáu, 5/3/2021 - 08:15\n\nCó 12 đảng viên.");
    }

    #[test]
    fn titles_lose_the_site() {
        for (title, site, expected) in [
            ("Quận ủy họp - Báo Kiến An", None, "Quận ủy họp"),
            ("Quận ủy họp | haian.example.vn", None, "Quận ủy họp"),
            ("Quận ủy họp - HAI AN", Some("Hai An"), "Quận ủy họp"),
            ("Quận ủy họp - kết quả chín tháng", Some("Hai An"), "Quận ủy họp - kết quả chín tháng"),
        ] {
            assert_eq!(without_site(title, site), expected);
        }
    }

    #[test]
    fn a_page_nested_deep_ends_soon() {
        let nested = |deep: usize| format!("<body>{}Chi bộ họp.", "<div>".repeat(deep));
        assert_eq!(read(&nested(DEEP * 2)).0, "Chi bộ họp.");
        let error = text(nested(1_000_000).as_bytes(), None).unwrap_err().what;
        assert_eq!(error, "a page of elements that are nested more than 2000 deep");
        // Many tags are not deep ones.
        assert_eq!(read(&"<p>một<br><b>hai</b></p><li>ba".repeat(500)).0.lines().count(), 1500);
    }
}
