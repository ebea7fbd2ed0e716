//! Takes the symbol of a document apart, and tells what of a text contradicts it.
//!
//! **State** `number[/year]/type-issuer`: *100/2019/NĐ-CP*, *47/BC-UBND*; laws `number/year/QH` and the term: *68/2020/QH14*; a công văn has the office
//! that wrote it in place of a type: *1124/UBND-NN*. **Party** `number-type/issuer`: *37-KH/HU*. **Courts** `number/year/field-instance`: *08/2022/HS-ST*.
//!
//! **Ambiguity** one abbreviation may be a type before an issuer and an issuer alone (`CT` of *16/CT-TTg*, *1234/CT-TTHT*, *60/TTr-CT*): its place
//! decides, then the type that the text states. What stays open is `None`.
//!
//! **Sources** Nghị định 30/2020/NĐ-CP, phụ lục III; Luật Ban hành văn bản quy phạm pháp luật; the Party's Quy định 66-QĐ/TW and Hướng dẫn 36-HD/VPTW.
//! Types are in `data/documents.tsv`, issuers in `data/issuers.tsv`.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::bulletin::{AdministrativeLevel, IssuerSystem, Mismatch, MismatchField, Symbol};
use crate::bundled;
use crate::lexicon::Lexicon;
use crate::token::{TokenKind, fold, tokenize};

impl Symbol {
    /// Takes a symbol apart. It is written without blanks; `stated_type` is the type that the text gives the document, which decides where the
    /// symbol alone does not. `None` for what is no symbol: a number alone, a standard (*TCVN 7391-14:2007*).
    ///
    /// ```
    /// use bantin::{AdministrativeLevel, IssuerSystem, Symbol};
    /// let symbol = Symbol::parse("100/2019/NĐ-CP", None).unwrap();
    /// assert_eq!((symbol.number.as_str(), symbol.year), ("100", Some(2019)));
    /// assert_eq!((symbol.kind.as_deref(), symbol.issuer.as_deref()), (Some("Nghị định"), Some("Chính phủ")));
    /// assert_eq!((symbol.system, symbol.level), (Some(IssuerSystem::State), Some(AdministrativeLevel::Central)));
    ///
    /// let kind = |stated| Symbol::parse("37-QĐ/TW", stated).and_then(|symbol| symbol.kind);
    /// assert_eq!(kind(None).as_deref(), Some("Quyết định"));
    /// assert_eq!(kind(Some("Quy định")).as_deref(), Some("Quy định"));
    /// ```
    #[must_use]
    pub fn parse(symbol: &str, stated_type: Option<&str>) -> Option<Symbol> {
        let text: String = symbol.trim().nfc().map(|c| if matches!(c, '‐' | '‑' | '–') { '-' } else { c }).collect();
        // The year of a standard stands behind a colon.
        if !text.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '&')) {
            return None;
        }
        let mut pieces = text.split(['/', '-']);
        let number = pieces.next().filter(|piece| is_number(piece))?;
        let (year, parts) = year_and_parts(pieces);
        if parts.is_empty() && (year.is_none() || !text.contains('/')) {
            return None;
        }
        let party_form = year.is_none() && matches!((text.find('-'), text.find('/')), (Some(dash), Some(slash)) if dash < slash);
        let reading = Reader { party_form, year, stated_type }.read(&parts);
        // A joint document belongs somewhere only where all its issuers do.
        let issuers = reading.issuers.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default();
        let first = issuers.first().map(|found| found.issuer);
        Some(Symbol {
            number: number.to_owned(),
            year,
            kind: reading.kind.map(str::to_owned),
            issuer: first.map(|_| issuers.iter().map(Found::name).collect::<Vec<_>>().join(JOINT)),
            system: first.and_then(|first| first.system).filter(|&system| issuers.iter().all(|i| i.issuer.system == Some(system))),
            level: first.and_then(|first| first.level).filter(|&level| issuers.iter().all(|i| i.issuer.level == Some(level))),
        })
    }

    /// What a text says of the document against its symbol: the type that stands right before the symbol, the issuer as written, the day of issue
    /// (`YYYY-MM-DD`). Only what is plainly another type, body or year; whatever could be a loose way to put it is let pass.
    ///
    /// ```
    /// use bantin::{MismatchField, Symbol};
    /// let symbol = Symbol::parse("100/2019/NĐ-CP", None).unwrap();
    /// assert!(symbol.contradictions(Some("Nghị định"), Some("Thủ tướng"), Some("2019-12-30")).is_empty());
    ///
    /// let found = symbol.contradictions(Some("Nghị quyết"), Some("Bộ Chính trị"), Some("2020-12-30"));
    /// let fields: Vec<MismatchField> = found.iter().map(|mismatch| mismatch.field).collect();
    /// assert_eq!(fields, [MismatchField::Type, MismatchField::Issuer, MismatchField::Year]);
    /// ```
    #[must_use]
    pub fn contradictions(&self, stated_type: Option<&str>, stated_issuer: Option<&str>, stated_date: Option<&str>) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let mut mismatch = |field, stated: &str, symbol: &str| {
            found.push(Mismatch { field, stated: stated.to_owned(), symbol: symbol.to_owned() });
        };
        if let (Some(stated), Some(kind)) = (stated_type, &self.kind)
            && is_another_type(stated, kind)
        {
            mismatch(MismatchField::Type, stated, kind);
        }
        // A body that nobody can place is no evidence: an office (`VP`) sends what the body it serves has decided.
        if let (Some(stated), Some(issuer), Some(_)) = (stated_issuer, &self.issuer, self.system)
            && is_another_body(stated, issuer)
        {
            mismatch(MismatchField::Issuer, stated, issuer);
        }
        if let (Some(date), Some(year)) = (stated_date, self.year)
            && let Some(stated) = date.split('-').next().filter(|stated| a_year(stated).is_some_and(|stated| stated != year))
        {
            mismatch(MismatchField::Year, stated, &year.to_string());
        }
        found
    }
}

/// Between the issuers of a joint document.
const JOINT: &str = "; ";
/// Between the bodies that one abbreviation can stand for.
const EITHER: &str = " hoặc ";

// ---------------------------------------------------------------- the tables

#[derive(Debug)]
struct Issuer {
    name: &'static str,
    system: Option<IssuerSystem>,
    level: Option<AdministrativeLevel>,
}

static ISSUERS: LazyLock<FxHashMap<&str, Vec<Issuer>>> = LazyLock::new(|| {
    let mut issuers: FxHashMap<&str, Vec<Issuer>> = FxHashMap::default();
    for row in include_str!("../data/issuers.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = row.split('\t');
        if let (Some(abbreviation), Some(name), Some(system), Some(level)) = (cells.next(), cells.next(), cells.next(), cells.next()) {
            let issuer = Issuer { name, system: IssuerSystem::named(system), level: AdministrativeLevel::named(level) };
            issuers.entry(abbreviation).or_default().push(issuer);
        }
    }
    issuers
});

/// For what an abbreviation stands for before an issuer.
static LEXICON: LazyLock<Arc<Lexicon>> = LazyLock::new(bundled::lexicon);

/// The type of document that an abbreviation stands for.
fn type_of(abbreviation: &str) -> Option<&'static str> {
    LEXICON.document_type(abbreviation)
}

/// Who a judgment is of: its symbol has the field and the instance in place of a court.
static COURT: Issuer = Issuer { name: "Tòa án", system: Some(IssuerSystem::Court), level: None };

/// An issuer of a symbol.
struct Found {
    issuer: &'static Issuer,
    /// The term of the National Assembly: 14 in `QH14`.
    term: Option<usize>,
}

impl Found {
    fn name(&self) -> String {
        const ROMAN: [&str; 20] = [
            "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX",
            "XX",
        ];
        match self.term.and_then(|term| ROMAN.get(term.checked_sub(1)?)) {
            Some(term) => format!("{} khóa {term}", self.issuer.name),
            None => self.issuer.name.to_owned(),
        }
    }
}

// ---------------------------------------------------------------- taking apart

/// *01*, *30a*, *12A*: up to six figures and a letter or two.
fn is_number(piece: &str) -> bool {
    let figures = piece.bytes().take_while(u8::is_ascii_digit).count();
    let letters = piece.get(figures..).unwrap_or_default();
    (1..=6).contains(&figures)
        && letters.len() <= 2
        && letters.bytes().all(|b| b.is_ascii_lowercase() || (b.is_ascii_uppercase() && letters.len() == 1))
}

fn a_year(figures: &str) -> Option<i16> {
    figures.parse().ok().filter(|year| figures.len() == 4 && (1945..=2100).contains(year))
}

/// The year behind the number, and the parts of letters, those that a writer ran together apart: *10/2016QĐ-UBND*, *78/2013/NĐCP*.
fn year_and_parts<'t>(pieces: impl Iterator<Item = &'t str>) -> (Option<i16>, Vec<&'t str>) {
    let mut year = None;
    let mut parts = Vec::new();
    for piece in pieces {
        let (figures, letters) = piece.split_at(piece.bytes().take_while(u8::is_ascii_digit).count());
        let part = match a_year(figures) {
            Some(found) if year.is_none() && parts.is_empty() => {
                year = Some(found);
                letters
            }
            _ if letters.is_empty() => continue,
            _ => piece,
        };
        let known = ISSUERS.contains_key(part) || type_of(part).is_some();
        let run_together = ["NĐ", "NQ", "QĐ"].into_iter().filter(|_| !known).find_map(|kind| {
            let body = part.strip_prefix(kind).filter(|body| ISSUERS.contains_key(body))?;
            Some((part.strip_suffix(body)?, body))
        });
        match run_together {
            Some((kind, body)) => parts.extend([kind, body]),
            None if part.is_empty() => {}
            None => parts.push(part),
        }
    }
    (year, parts)
}

/// What the letters of a symbol say.
#[derive(Default)]
struct Reading {
    kind: Option<&'static str>,
    /// `None` for one that the table has not.
    issuers: Vec<Option<Found>>,
}

/// What decides how letters are read.
struct Reader<'t> {
    /// `number-type/issuer`
    party_form: bool,
    year: Option<i16>,
    stated_type: Option<&'t str>,
}

impl Reader<'_> {
    fn read(&self, parts: &[&str]) -> Reading {
        if let Some(kind) = judgment(&parts.concat()) {
            return Reading { kind: Some(kind), issuers: vec![Some(Found { issuer: &COURT, term: None })] };
        }
        match parts {
            [] => Reading::default(),
            [alone] => self.read_one(alone),
            [first, second, ..] => self.read_several(first, second, parts),
        }
    }

    /// *64-CP*, *68/2020/QH14*, *51/GPXD*. Short ones that can be a type are left open: *202/CT* was a decision of the Council of Ministers' chairman.
    fn read_one(&self, part: &str) -> Reading {
        const SHORT: usize = 2;
        match self.kind(part) {
            None => Reading { kind: None, issuers: vec![self.issuer(part)] },
            Some(kind) if part.chars().count() > SHORT || self.states(kind) => Reading { kind: Some(kind), issuers: Vec::new() },
            Some(_) => Reading::default(),
        }
    }

    fn read_several(&self, first: &str, second: &str, parts: &[&str]) -> Reading {
        // "QĐ-XPHC", "BB-VPHC", "L-CTN"
        if let Some(kind) = type_of(&format!("{first}-{second}")) {
            return Reading { kind: Some(kind), issuers: vec![self.issuer(second)] };
        }
        // "346/UB-QĐ", "1141-TC/QĐ-CĐKT": the issuer first, as it was written up to the nineties.
        const SURE: &[&str] = &["CV", "NQ", "NĐ", "QĐ"];
        if SURE.contains(&second) && !SURE.contains(&first) {
            return Reading { kind: self.kind(second), issuers: vec![self.issuer(first)] };
        }
        let body = self.issuer(first);
        let kind = self.kind(first);
        // An abbreviation that can be both is a type before an issuer: "16/CT-TTg", but "1234/CT-TTHT".
        if let Some(kind) = kind
            && (body.is_none() || self.party_form || self.states(kind) || self.issuer(second).is_some())
        {
            let joint = ["liên", "phối hợp"].iter().any(|word| kind.contains(word));
            let issuers = parts.iter().skip(1).take(if joint { parts.len() } else { 1 });
            return Reading { kind: Some(kind), issuers: issuers.map(|part| self.issuer(part)).collect() };
        }
        let letter = type_of("CV").filter(|_| body.is_some() && self.year.is_none());
        if kind.is_some() && !["Công văn", "Văn bản"].iter().any(|letter| self.states(letter)) {
            return Reading::default();
        }
        // "28-CQ/TW": a type that nobody knows is a type all the same where the Party's form has it.
        if self.party_form && body.is_none() {
            return Reading { kind: None, issuers: vec![self.issuer(second)] };
        }
        Reading { kind: letter, issuers: vec![body] }
    }

    /// The type that an abbreviation stands for; where for several, the one that the text states.
    fn kind(&self, part: &str) -> Option<&'static str> {
        let several: &[&'static str] = match part {
            "QĐ" if self.party_form => &["Quy định"],
            "KN" => &["Kháng nghị", "Kiến nghị"],
            _ => &[],
        };
        several.iter().find(|kind| self.states(kind)).copied().or_else(|| type_of(part))
    }

    /// Whether the text states this type.
    fn states(&self, kind: &str) -> bool {
        self.stated_type.is_some_and(|stated| syllables(stated).starts_with(&syllables(kind)))
    }

    /// *UBND*, *SGD&ĐT*, *UBND.NC*, *TƯ*, *QH14*.
    fn issuer(&self, part: &str) -> Option<Found> {
        let part = part.split('.').next().unwrap_or(part).replace('&', "").replace("TƯ", "TW");
        // One for the Party's form and one for the State's.
        let of_form = |issuer: &&Issuer| (issuer.system == Some(IssuerSystem::Party)) == self.party_form;
        if let Some(rows) = ISSUERS.get(part.as_str()) {
            return rows.iter().find(of_form).or(rows.first()).map(|issuer| Found { issuer, term: None });
        }
        let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let term = part.get(name.len()..)?.parse().ok();
        let issuer = ISSUERS.get(name)?.iter().find(|issuer| issuer.name.ends_with("Quốc hội"))?;
        Some(Found { issuer, term })
    }
}

/// The type that a court's symbol tells by field and instance: `HS-ST`, `DSPT`, `QĐST-HNGĐ`.
fn judgment(letters: &str) -> Option<&'static str> {
    const FIELDS: &[&str] = &["DS", "HC", "HNGĐ", "HS", "KDTM", "LĐ"];
    let judgment = ["ST", "PT"].iter().find_map(|instance| letters.strip_suffix(instance)).map(|field| (field, "BA"));
    let review = || letters.strip_suffix("GĐT").map(|field| (field, "QĐ"));
    let decision = || ["QĐST", "QĐPT"].iter().find_map(|instance| letters.strip_prefix(instance)).map(|field| (field, "QĐ"));
    let (_, kind) = judgment.or_else(review).or_else(decision).filter(|(field, _)| FIELDS.contains(field))?;
    type_of(kind)
}

// ---------------------------------------------------------------- contradictions

/// Whether a text that states this type can't mean a document of that one. Of all types only those count that nobody takes for one another or
/// attaches to one another: a *Quy định* stands under a Quyết định, a *Kết luận* in a Thông báo, a *Luật* beside the decree that carries it out.
fn is_another_type(stated: &str, kind: &str) -> bool {
    const ACTS: &[&str] = &["Chỉ thị", "Công điện", "Kết luận", "Nghị quyết", "Nghị định", "Quyết định", "Thông tư"];
    const PAPERS: &[&str] = &["Báo cáo", "Chương trình", "Hướng dẫn", "Kế hoạch", "Thông báo"];
    /// Such acts as no paper is approved or announced by.
    const ABOVE: &[&str] = &["Chỉ thị", "Nghị quyết", "Nghị định", "Thông tư"];
    if stated == kind {
        return false;
    }
    let (stated, kind) = (syllables(stated), syllables(kind));
    if holds(&stated, &kind) || holds(&kind, &stated) {
        return false;
    }
    let begins = |kind: &[String], list: &[&'static str]| list.iter().copied().find(|head| kind.starts_with(&syllables(head)));
    match (begins(&stated, ACTS), begins(&kind, ACTS)) {
        // What a conclusion orders is decided, and decisions conclude.
        (Some("Kết luận"), Some("Quyết định")) | (Some("Quyết định"), Some("Kết luận")) => false,
        (Some(stated), Some(kind)) => stated != kind,
        _ => begins(&stated, ABOVE).is_some() && begins(&kind, PAPERS).is_some(),
    }
}

/// A syllable or acronym of a name.
struct Word {
    folded: String,
    acronym: bool,
}

/// The words of a name. *và* and marks are left out: *GD&ĐT*, *GD-ĐT*, *Giáo dục và Đào tạo*.
fn words(name: &str) -> Vec<Word> {
    let tokens = tokenize(name).into_iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number));
    let words = tokens.map(|token| {
        let text = token.text(name);
        Word { folded: fold(text), acronym: text.chars().count() > 1 && text.chars().all(char::is_uppercase) }
    });
    words.filter(|word| word.folded != "và").collect()
}

fn syllables(name: &str) -> Vec<String> {
    words(name).into_iter().map(|word| word.folded).collect()
}

/// Names that stand for one another. Within a line, whoever says one may mean the other.
const AKIN: &[&[&str]] = &[
    &[
        "Trung ương Đảng",
        "Trung ương",
        "Ban Chấp hành Trung ương",
        "Bộ Chính trị",
        "Ban Bí thư",
        "Tổng Bí thư",
        "Văn phòng Trung ương Đảng",
    ],
    &["Tỉnh ủy", "Đảng bộ tỉnh"],
    &["Thành ủy", "Đảng bộ thành phố"],
    &["Huyện ủy", "Đảng bộ huyện"],
    &["Quận ủy", "Đảng bộ quận"],
    &["Thị ủy", "Đảng bộ thị xã"],
    &["Đảng ủy", "Đảng bộ xã", "Đảng bộ phường", "Đảng bộ thị trấn", "Đảng bộ đặc khu"],
    &["Chính phủ", "Thủ tướng Chính phủ", "Thủ tướng", "Văn phòng Chính phủ", "Hội đồng Chính phủ", "Hội đồng Bộ trưởng"],
    &["Ủy ban Dân tộc", "Bộ Dân tộc và Tôn giáo"],
    &["Thanh tra Nhà nước", "Thanh tra Chính phủ"],
    &["Bộ Quốc phòng", "Bộ Tổng Tham mưu", "Quân ủy Trung ương", "Đảng ủy Quân sự Trung ương"],
    &["Bộ Công an", "Đảng ủy Công an Trung ương"],
    &[
        "Đoàn Thanh niên",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        "Trung ương Đoàn",
        "Ban Bí thư",
        "Tỉnh Đoàn",
        "Thành Đoàn",
        "Huyện Đoàn",
        "Quận Đoàn",
        "Thị Đoàn",
    ],
];

/// Fields of ministries and departments that were one before or after a reform: the heir is named for what the forebear issued.
const MERGED: &[&[&str]] = &[
    &["Nông nghiệp và Môi trường", "Nông nghiệp và Phát triển nông thôn", "Tài nguyên và Môi trường", "Thủy sản"],
    &["Xây dựng", "Giao thông vận tải", "Giao thông công chính", "Quy hoạch - Kiến trúc"],
    &["Tài chính", "Kế hoạch và Đầu tư"],
    &["Nội vụ", "Lao động - Thương binh và Xã hội"],
    &["Giáo dục và Đào tạo", "Lao động - Thương binh và Xã hội"],
    &["Y tế", "Lao động - Thương binh và Xã hội"],
    &["Khoa học và Công nghệ", "Khoa học, Công nghệ và Môi trường", "Thông tin và Truyền thông", "Bưu chính, Viễn thông"],
    &["Văn hóa, Thể thao và Du lịch", "Văn hóa và Thể thao", "Văn hóa - Thông tin", "Thông tin và Truyền thông", "Du lịch"],
    &["Tài nguyên và Môi trường", "Khoa học, Công nghệ và Môi trường"],
    &["Công Thương", "Công nghiệp", "Thương mại"],
];

type Names = Vec<Vec<String>>;

static AKIN_NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| groups(AKIN));
static MERGED_NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| groups(MERGED));

fn groups(lists: &[&[&str]]) -> Vec<Names> {
    lists.iter().map(|list| list.iter().map(|name| syllables(name)).collect()).collect()
}

/// The bodies that a text can name: those of the table whose place is known, and those above.
static BODIES: LazyLock<Names> = LazyLock::new(|| {
    let issuers = ISSUERS.values().flatten().filter(|issuer| issuer.system.is_some()).chain([&COURT]);
    let names = issuers.flat_map(|issuer| issuer.name.split(EITHER)).chain(AKIN.iter().copied().flatten().copied());
    let mut names: Names = names.map(syllables).collect();
    names.sort_unstable();
    names.dedup();
    names
});

/// Words before the name of a body: who leads it, or what of it meets.
static HEADS: LazyLock<Names> = LazyLock::new(|| {
    let heads = "Ban Chấp hành,Ban Thường vụ,Ban Thường trực,Thường vụ,Thường trực,Đoàn Chủ tịch,Hội nghị,Đại hội,Lãnh đạo,Tập thể,Chủ tịch,Bí thư,Bộ trưởng,\
                 Thứ trưởng,Giám đốc,Tổng Giám đốc,Chánh án,Viện trưởng,Thống đốc,Cục trưởng,Tổng cục trưởng,Chi cục trưởng,Chủ nhiệm,Trưởng,Chánh,Phó,Tổng,Quyền";
    heads.split(',').map(syllables).collect()
});

/// Whether the issuer that a text states is plainly none of those that the symbol tells.
fn is_another_body(stated: &str, issuer: &str) -> bool {
    let stated = words(stated);
    let told: Names = issuer.split(JOINT).flat_map(|issuer| issuer.split(EITHER)).map(syllables).collect();
    let from = |at: usize| stated.get(at..).unwrap_or_default();
    // A name anywhere in it excuses it: "Ban Tuyên giáo Tỉnh ủy", "Cục Thuế, Bộ Tài chính".
    let fits = |name: &Vec<String>| told.iter().any(|told| are_akin(name, told));
    let named = |at: usize| BODIES.iter().filter(move |name| spelled(name, from(at)).is_some());
    if (0..stated.len()).any(|at| named(at).any(fits)) {
        return false;
    }
    // Only a name that it begins with, behind those who lead the body, speaks against the symbol.
    let mut at = 0;
    loop {
        if named(at).next().is_some() {
            return true;
        }
        match HEADS.iter().filter_map(|head| spelled(head, from(at))).max() {
            Some(length) => at += length,
            None => return false,
        }
    }
}

/// Whether two names can mean one body: one holds the other, or they stand for one another.
fn are_akin(a: &[String], b: &[String]) -> bool {
    let together = |groups: &[Names], a: &[String], b: &[String]| {
        groups.iter().any(|group| group.iter().any(|name| name == a) && group.iter().any(|name| name == b))
    };
    let heirs = match (a.split_first(), b.split_first()) {
        (Some((head_a, field_a)), Some((head_b, field_b))) => head_a == head_b && together(&MERGED_NAMES, field_a, field_b),
        _ => false,
    };
    // The table does not say which ministry a general department is of.
    let begins = |name: &[String], head: &str| {
        let mut words = name.iter();
        head.split(' ').all(|head| words.next().is_some_and(|word| word == head))
    };
    let office = |name: &[String]| ["tổng cục", "cục", "chi cục", "kho bạc"].iter().any(|head| begins(name, head));
    let above = |name: &[String]| ["bộ", "sở"].iter().any(|head| begins(name, head));
    holds(a, b) || holds(b, a) || heirs || together(&AKIN_NAMES, a, b) || (office(a) && above(b)) || (office(b) && above(a))
}

fn holds(long: &[String], short: &[String]) -> bool {
    !short.is_empty() && long.windows(short.len()).any(|part| part == short)
}

/// How many words spell the name at their beginning, syllable by syllable or by the first letters: *Bộ GD&ĐT*, *UBND tỉnh*, *BCH TW Đảng*.
fn spelled(name: &[String], words: &[Word]) -> Option<usize> {
    let mut left = name;
    let mut read = 0;
    while let Some(next) = left.first() {
        let word = words.get(read)?;
        let length = if word.folded == *next {
            1
        } else if word.acronym
            && word.folded.chars().count() <= left.len()
            && word.folded.chars().zip(left).all(|(c, syllable)| begins(syllable, c))
        {
            word.folded.chars().count()
        } else {
            return None;
        };
        left = left.get(length..)?;
        read += 1;
    }
    Some(read)
}

/// Whether a syllable has this first letter in an acronym: without its tone, `Ư` also as `U` or `W` (*TW*).
fn begins(syllable: &str, letter: char) -> bool {
    let bare = |c: char| std::iter::once(c).nfd().next();
    let first = syllable.chars().next();
    first.and_then(bare) == bare(letter) || (letter == 'w' && first == Some('ư'))
}
