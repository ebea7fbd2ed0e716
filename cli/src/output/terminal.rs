//! A table for the eye. What goes to a terminal has no control characters, so that no bulletin can send it commands, nor turn the direction of writing.

use std::collections::HashMap;
use std::fmt::Write;

use anstyle::Style;
use bantin::{Bulletin, Entity, Person};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Attribute, Cell, Color, ContentArrangement, LineStyle, Table};

use crate::output::Read;
use crate::output::columns::word;
use crate::output::mention::range;

/// Rows of a kind that are shown.
const ROWS: usize = 20;
/// Signs of a cell that are shown.
const LONGEST: usize = 240;
/// The width where no terminal tells it, or one that cannot be meant.
const WIDTH: u16 = 100;
const LEAST: u16 = 40;

/// What one fact shows: its words, what they mean, whether its figures agree.
struct Row {
    text: String,
    meaning: String,
    agrees: bool,
}

/// A text's facts, with the codes that colour them.
pub fn table(read: &Read) -> String {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .enforce_styling();
    if table.width().is_none_or(|width| width < LEAST) {
        table.set_width(WIDTH);
    }
    for (kind, rows) in sections(read) {
        let all = rows.len();
        if !table.is_empty() {
            table.add_row([""; 3]);
        }
        for (at, row) in rows.into_iter().take(ROWS).enumerate() {
            let name = Cell::new(if at == 0 { kind } else { "" }).add_attribute(Attribute::Bold);
            let meaning = Cell::new(row.meaning);
            table.add_row(vec![name, Cell::new(row.text), if row.agrees { meaning } else { meaning.fg(Color::Red) }]);
        }
        if all > ROWS {
            table.add_row(vec![Cell::new(""), Cell::new(format!("… {} more", all - ROWS)), Cell::new("")]);
        }
    }
    let header = &read.bulletin.header;
    let bold = Style::new().bold();
    let mut shown = String::new();
    // Writing into a string does not fail.
    let _ = writeln!(shown, "{bold}{}{bold:#}", plain(&read.input.source));
    if let Some(headline) = &header.headline {
        let _ = writeln!(shown, "{}", plain(headline));
    }
    let frame = [&header.published, &header.place, &header.byline, &header.source];
    let frame: Vec<String> = frame.into_iter().flatten().map(|field| plain(field)).collect();
    if !frame.is_empty() {
        let _ = writeln!(shown, "{}", frame.join(" · "));
    }
    if table.is_empty() {
        let _ = writeln!(shown, "no facts found");
    } else {
        let _ = writeln!(shown, "{}", table.trim_fmt());
    }
    shown.push('\n');
    shown
}

/// The rows of each kind that has some; what is said again is counted.
fn sections(read: &Read) -> Vec<(&'static str, Vec<Row>)> {
    let bulletin = &read.bulletin;
    let organizations = bulletin.organizations.iter().map(|body| {
        let full = entity_name(bulletin, body.entity).or(body.expanded.as_deref());
        (body.name.clone(), full.filter(|full| *full != body.name).unwrap_or_default().to_owned(), true)
    });
    let dates = bulletin.dates.iter().map(|date| (date.text.clone(), date.resolved.as_ref().unwrap_or(&date.value).clone(), true));
    let ratios = bulletin.ratios.iter().map(|ratio| {
        let (meaning, agrees) = agreement(ratio.percent, ratio.computed_percent, ratio.consistent);
        (ratio.text.clone(), meaning, agrees)
    });
    let indicators = bulletin.indicators.iter().map(|indicator| {
        let (percents, agrees) = agreement(indicator.percent, indicator.computed_percent, indicator.consistent);
        let change = word(&indicator.change).unwrap_or_default();
        let basis = indicator.basis.as_ref().map(|basis| format!("({basis})")).unwrap_or_default();
        let figures = figures(indicator.actual, indicator.target, indicator.unit.as_deref());
        let parts = [figures, [change, percents, basis].join(" ")].map(|part| part.trim().to_owned());
        (indicator.label.clone(), parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "), agrees)
    });
    let percents = bulletin.percents.iter().map(|percent| (percent.text.clone(), range(percent.value, percent.upper), true));
    let quantities = bulletin
        .quantities
        .iter()
        .map(|quantity| (quantity.text.clone(), format!("{} {}", range(quantity.value, quantity.upper), quantity.unit), true));
    let money = bulletin.money.iter().map(|money| {
        let approx = money.approx.as_ref().map(|approx| format!("{approx} ")).unwrap_or_default();
        (money.text.clone(), format!("{approx}{} {}", range(money.value, money.upper), money.currency), true)
    });
    let documents = bulletin.documents.iter().map(|document| {
        let said: Vec<String> =
            document.contradictions.iter().map(|one| format!("✗ {} in the text, {} by the symbol", one.stated, one.symbol)).collect();
        let issued = [&document.number, &document.date, &document.issuer].into_iter().flatten().cloned();
        (document.text.clone(), issued.chain(said.iter().cloned()).collect::<Vec<_>>().join(" · "), said.is_empty())
    });
    let places = bulletin.places.iter().map(|place| (place.name.clone(), word(&place.level).unwrap_or_default(), true));
    let quotes = bulletin.quotes.iter().map(|quote| (quote.text.clone(), quote.speaker.clone().unwrap_or_default(), true));
    let sections = [
        ("persons", rows(persons(bulletin).into_iter())),
        ("organizations", rows(organizations)),
        ("dates", rows(dates)),
        ("indicators", rows(indicators)),
        ("ratios", rows(ratios)),
        ("percents", rows(percents)),
        ("quantities", rows(quantities)),
        ("money", rows(money)),
        ("documents", rows(documents)),
        ("places", rows(places)),
        ("quotes", rows(quotes)),
    ];
    sections.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

/// Each person once for each mention, with all that the mentions say: so that they show alike.
fn persons(bulletin: &Bulletin) -> Vec<(String, String, bool)> {
    let own = |person: &Person| person.titles.iter().map(|title| former(&title.text, title.former)).collect::<Vec<_>>();
    let mut titles: HashMap<usize, Vec<String>> = HashMap::new();
    for person in &bulletin.persons {
        let Some(entity) = person.entity else { continue };
        let all = titles.entry(entity).or_default();
        for title in own(person) {
            if !all.contains(&title) {
                all.push(title);
            }
        }
    }
    let row = |person: &Person| {
        let name = entity_name(bulletin, person.entity).unwrap_or(&person.name);
        let titles = person.entity.and_then(|at| titles.get(&at)).cloned().unwrap_or_else(|| own(person));
        (name.to_owned(), titles.join("; "), true)
    };
    bulletin.persons.iter().map(row).collect()
}

/// Facts made plain, those that show alike as one.
fn rows(facts: impl Iterator<Item = (String, String, bool)>) -> Vec<Row> {
    let mut rows: Vec<(Row, usize)> = Vec::new();
    let mut known = HashMap::new();
    for (text, meaning, agrees) in facts {
        let (text, meaning) = (plain(&text), plain(&meaning));
        let at = *known.entry((text.clone(), meaning.clone())).or_insert(rows.len());
        match rows.get_mut(at) {
            Some((_, times)) => *times += 1,
            None => rows.push((Row { text, meaning, agrees }, 1)),
        }
    }
    let counted = |(mut row, times): (Row, usize)| {
        if times > 1 {
            let _ = write!(row.text, " ×{times}");
        }
        row
    };
    rows.into_iter().map(counted).collect()
}

/// The full name of whom or what a mention is of.
fn entity_name(bulletin: &Bulletin, entity: Option<usize>) -> Option<&str> {
    match bulletin.entities.get(entity?)? {
        Entity::Person { name, .. } | Entity::Organization { name, .. } => Some(name),
        _ => None,
    }
}

fn former(title: &str, former: bool) -> String {
    if former { format!("{title} (former)") } else { title.to_owned() }
}

fn figures(actual: Option<f64>, target: Option<f64>, unit: Option<&str>) -> String {
    let numbers: Vec<String> = actual.into_iter().chain(target).map(|number| number.to_string()).collect();
    [numbers.join(" / "), unit.unwrap_or_default().to_owned()].join(" ").trim().to_owned()
}

/// What a percentage is, and whether the text states the one that its figures give.
fn agreement(stated: Option<f64>, computed: Option<f64>, consistent: Option<bool>) -> (String, bool) {
    let agrees = consistent != Some(false);
    let told = match (stated, computed) {
        (Some(stated), Some(computed)) if !agrees => format!("✗ {stated} % stated, {computed} % by the figures"),
        (_, Some(computed)) if !agrees => format!("✗ {computed} %: a part is more than its whole"),
        (Some(percent), _) | (None, Some(percent)) => format!("{percent} %"),
        (None, None) => {
            if agrees {
                String::new()
            } else {
                "✗ the figures do not agree".to_owned()
            }
        }
    };
    (told, agrees)
}

/// A text on one line that a terminal shows and nothing more: control characters as their pictures, signs that turn the direction of writing as `�`; cut
/// where it is long.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut words = text.split_whitespace();
    plain.extend(words.next());
    for word in words {
        plain.push(' ');
        plain.push_str(word);
    }
    let mut plain: String = plain.chars().map(harmless).collect();
    if let Some((at, _)) = plain.char_indices().nth(LONGEST) {
        plain.truncate(at);
        plain.push('…');
    }
    plain
}

fn harmless(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '�',
        c => c,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use bantin::Extractor;

    use super::*;
    use crate::output::tests::read;

    #[test]
    fn a_bulletin_cannot_send_commands_to_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\n c\u{9b}31m\u{202e}d\u{7f}\u{7}"), "a␛[2Jb c�31m�d␡␇");
        let text = "Sáng 12/11/2021, ông Đỗ Văn Hùng nói: “Đường \u{1b}]0;x\u{7} làm xong rồi, bà con đi lại dễ hơn trước nhiều”.";
        let shown = table(&read("a\u{1b}[31m.txt", text, &Extractor::new()));
        assert!(shown.contains("Đường"), "{shown}");
        let bare = anstream::adapter::strip_str(&shown).to_string();
        assert!(bare.chars().all(|c| c == '\n' || !c.is_control()), "{bare:?}");
        assert!(bare.contains('␛') && !shown.contains("\u{1b}]0") && !shown.contains("\u{1b}[31m.txt"));
    }

    #[test]
    fn figures_that_disagree_are_marked() {
        let text = "Chi đoàn thôn xây 9/6 bồn hoa, đạt 120% chỉ tiêu.";
        let shown = table(&read("a.txt", text, &Extractor::new()));
        let bare = anstream::adapter::strip_str(&shown).to_string();
        assert!(bare.contains("✗ 120 % stated, 150 % by the figures"), "{bare}");
        assert!(shown.contains("\u{1b}["), "it is coloured");
        let text = "Chi đoàn thôn xây 9/6 bồn hoa, đạt 150% chỉ tiêu.";
        assert!(!table(&read("a.txt", text, &Extractor::new())).contains('✗'));
    }

    #[test]
    fn what_is_much_is_cut() {
        let text: String = (1..=50).map(|n| format!("Xã thưởng {n} hộ. ")).collect();
        let shown = table(&read("a.txt", &text, &Extractor::new()));
        assert!(shown.contains("… 30 more"), "{shown}");
        assert!(plain(&"ủ".repeat(1000)).chars().count() == LONGEST + 1);
    }
}
