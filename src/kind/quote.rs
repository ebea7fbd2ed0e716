//! **Accepts** what stands in quotation marks and is somebody's speech: behind a colon after a verb of saying or a name, before *, ông A nói* or
//! *– ông A*, and the further parts of an interrupted quotation.
//!
//! **Refuses** titles of campaigns, documents and prizes, single terms, mottoes.
//!
//! **Value** the speaker: the fullest name that the bulletin has for the person.
//!
//! **Ambiguity** evidence on both sides is weighed in [`find`]; without any the text is no quote.
//!
//! **Sources** `data/speech_verbs.tsv`.

use std::ops::Range;

use super::title::TitleReading;
use super::{PersonReading, index_at, reading_at};
use crate::doc::Doc;
use crate::lexicon::Table;
use crate::note::Note;
use crate::tok::Tok;
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct QuoteReading<N> {
    pub(crate) tokens: Range<usize>,
    /// Index of the person who speaks.
    pub(crate) speaker: Option<usize>,
    pub(crate) by: QuoteRule,
    pub(crate) notes: N,
}

/// What makes a quotation somebody's speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteRule {
    /// What leads in.
    Lead,
    /// Who says it, or a verb of saying, behind.
    Tail,
    /// The speech before goes on.
    Continued,
    /// It stands inside another speech.
    Nested,
}

/// Who can speak: the persons of the text in its order, its titles, and which person holds which.
pub(crate) struct Cast<'f> {
    pub(crate) persons: &'f [PersonReading],
    pub(crate) titles: &'f [TitleReading],
    pub(crate) given: &'f [Vec<usize>],
}

impl Cast<'_> {
    /// The holder of the post that begins at token `at`, by its role: the last one named before, else the first behind.
    fn holder(&self, at: usize) -> Option<usize> {
        const REACH: usize = 200; // mentions to either side
        let wanted = reading_at(self.titles, at)?;
        let holds = |n: &usize| {
            self.given.get(*n).into_iter().flatten().filter_map(|&t| self.titles.get(t)).any(|t| t.role == wanted.role && !t.former)
        };
        let before = self.persons.partition_point(|p| p.tokens.start < at);
        let earlier = (before.saturating_sub(REACH)..before).rev().find(holds);
        earlier.or_else(|| (before..self.persons.len().min(before + REACH)).find(holds))
    }
}

/// All quotes of the text.
pub(crate) fn find<N: Note + Default>(doc: &Doc, cast: &Cast) -> Vec<QuoteReading<N>> {
    let mut quotes: Vec<QuoteReading<N>> = Vec::new();
    // The end and the speaker of the last quotation that stands in no other.
    let mut last: Option<(usize, Option<usize>)> = None;
    let closers = closers(doc);
    let mut end = 0;
    if closers.is_empty() {
        return quotes;
    }
    for i in doc.tokens_that(Tok::is_mark).filter(|&at| doc.opens_quote(at)) {
        // What begins inside a quotation is looked at with it.
        let Some(close) = (i >= end).then(|| closing(doc, &closers, i)).flatten() else { continue };
        end = close + 1;
        let inside = i + 1..close;
        let words = inside.clone().filter(|&at| doc.is_word(at)).count();
        let mut notes = N::default();
        let lead = lead(doc, i, &mut notes);
        let nobody = nobody_named(doc, cast, close + 1);
        let tail = match tail(doc, close + 1, &mut notes) {
            // "”, một người dân nói"
            Tail::None if nobody && doc.is_lower(close + 2) => {
                notes.because("somebody without a name says it behind the quotation", None, close + 1..close + 3);
                Tail::Verb
            }
            tail => tail,
        };
        // "“…”, ông A nói, “…”": the words between are short and hold a verb of saying.
        let continues = last.is_some_and(|(end, _)| {
            i > end && i - end <= 30 && doc.line(end) == doc.line(i) && (says_between(doc, end..i) || set_in(doc, end..i))
        });
        let sentence_like = inside.clone().any(|at| doc.is_any(at, &[w::DOT, w::COMMA, w::EXCLAIM, w::QUESTION])) || words >= 9;
        let (speech, by) = match (lead, tail) {
            (Lead::Title, _) => (false, QuoteRule::Lead),
            (Lead::Colon, _) => (words >= 3, QuoteRule::Lead),
            (_, Tail::Verb) => (words >= 6 && sentence_like, QuoteRule::Tail),
            (_, Tail::Said) => (words >= 3 && (words >= 6 || sentence_like || doc.is_cap(i + 1)), QuoteRule::Tail),
            (Lead::Named, _) => (words >= 9 && sentence_like, QuoteRule::Lead),
            (Lead::None, Tail::None) => (continues && words >= 4, QuoteRule::Continued),
        };
        if speech {
            let speaker = if nobody {
                None
            } else {
                let told = speaker(doc, cast, i, close, lead, tail, &mut notes);
                told.or_else(|| {
                    let (end, speaker) = last.filter(|_| continues)?;
                    notes.because("the speaker of the quotation before goes on", None, end..i);
                    speaker
                })
            };
            last = Some((close, speaker));
            quotes.push(QuoteReading { tokens: inside, speaker, by, notes });
            nested(doc, cast, &closers, i..close, &mut quotes);
        }
    }
    quotes
}

/// What somebody else says inside the speech between the marks `outer`: *“Cô giáo bảo em: "Tay trái cũng là tay", thế là em tập”*.
fn nested<N: Note + Default>(doc: &Doc, cast: &Cast, closers: &[usize], outer: Range<usize>, quotes: &mut Vec<QuoteReading<N>>) {
    let (open, close) = (outer.start, outer.end);
    let mut behind = open + 1;
    for at in (open + 1..close).filter(|&at| doc.opens_quote(at)) {
        let closed = (at >= behind).then(|| closing(doc, closers, at)).flatten();
        let Some(end) = closed.filter(|&end| end < close) else { continue };
        behind = end + 1;
        let words = (at + 1..end).filter(|&n| doc.is_word(n)).count();
        let mut notes = N::default();
        let said = match lead(doc, at, &mut notes) {
            Lead::Colon => words >= 3,
            Lead::Named => words >= 6,
            Lead::Title | Lead::None => false,
        };
        if said {
            // Only somebody whom the speech names can be told.
            let first = cast.persons.partition_point(|p| p.tokens.start <= open);
            let before = cast.persons.iter().enumerate().skip(first).take_while(|(_, p)| p.tokens.start < at);
            let speaker = before.map(|(n, _)| n).last();
            notes.because("inside a speech only somebody whom it names can be told", None, open..at);
            quotes.push(QuoteReading { tokens: at + 1..end, speaker, by: QuoteRule::Nested, notes });
        }
    }
}

/// *“…” - bà ngập ngừng - “…”*: what is set in between two dashes speaks of the speaker.
fn set_in(doc: &Doc, between: Range<usize>) -> bool {
    const LONGEST: usize = 8;
    let inner = between.start + 1..between.end;
    let dashes = doc.is_dash(inner.start) && inner.end.checked_sub(1).is_some_and(|last| last > inner.start && doc.is_dash(last));
    dashes && inner.len() <= LONGEST && doc.find(Table::Honorifics, inner.start + 1).is_some()
}

/// The closing mark for the quotation that opens at `i`, on the same line.
fn closing(doc: &Doc, closers: &[usize], i: usize) -> Option<usize> {
    // A text of nothing but open quotations is no slower than another: what closes none is not searched.
    let next = closers.get(closers.partition_point(|&at| at <= i))?;
    if *next < i + LONGEST { closing_of(doc, i) } else { None }
}

/// The marks that may close a quotation, whatever opened it.
fn closers(doc: &Doc) -> Vec<usize> {
    let closes = |&at: &usize| match doc.raw(at) {
        "”" | "»" => true,
        "\"" => doc.touches(at) || !doc.touches(at + 1),
        _ => false,
    };
    doc.tokens_that(Tok::is_mark).filter(closes).collect()
}

/// A quotation of more tokens is none.
const LONGEST: usize = 600;

fn closing_of(doc: &Doc, i: usize) -> Option<usize> {
    let curly = doc.raw(i) != "\"";
    let mut depth = 0usize;
    // Whether a straight quotation inside a curly one is open.
    let mut straight = false;
    for at in i + 1..(i + LONGEST).min(doc.len()) {
        if doc.at_line_start(at) {
            return None;
        }
        if !doc.is_mark(at) {
            continue;
        }
        match doc.raw(at) {
            "“" | "„" | "«" if curly => depth += 1,
            "\"" if curly && !doc.touches(at) && doc.touches(at + 1) => straight = true,
            "\"" if curly && straight && doc.touches(at) => straight = false,
            "”" | "»" if depth > 0 => depth -= 1,
            "”" | "»" => return Some(at),
            // A straight mark closes where it touches what stands before it.
            "\"" if !curly && !doc.touches(at) && doc.touches(at + 1) => depth += 1,
            "\"" if !curly && doc.touches(at) && depth > 0 => depth -= 1,
            "\"" if !curly && doc.touches(at) => return Some(at),
            // "… rồi " ông nói": a blank on both sides.
            "\"" if !curly && depth == 0 && !doc.touches(at + 1) => return Some(at),
            "\"" if curly && depth == 0 && doc.touches(at) && !(doc.touches(at + 1) && doc.is_word(at + 1)) => return Some(at),
            _ => {}
        }
    }
    None
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// A colon.
    Colon,
    /// A verb of saying right before.
    Named,
    /// A noun whose name the quotation is: *phong trào “…”*.
    Title,
    None,
}

fn lead(doc: &Doc, i: usize, note: &mut impl Note) -> Lead {
    let Some(before) = i.checked_sub(1) else { return Lead::None };
    if doc.at_line_start(i) {
        return Lead::None;
    }
    if doc.is(before, w::COLON) {
        // "chủ đề: “…”", "khẩu hiệu: “…”"
        note.because("a colon before", None, before..i);
        return if titled(doc, before) { Lead::Title } else { Lead::Colon };
    }
    if titled(doc, i) {
        return Lead::Title;
    }
    let verb = doc.find_before(Table::SpeechVerbs, i);
    if verb.is_some() || (doc.is(before, w::là) || doc.small(before) == w::rằng) {
        note.because("a verb of saying before", None, verb.map_or(before, |verb| verb.start)..i);
        return Lead::Named;
    }
    Lead::None
}

/// Whether a noun that takes a title stands within three words before `at`.
fn titled(doc: &Doc, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|n| {
        matches!(
            (doc.sym(n), doc.sym(n + 1)),
            (w::thông, w::tin)
                | (w::tạm, w::dịch)
                | (w::nội, w::dung)
                | (w::câu, w::hỏi)
                | (w::tinh, w::thần)
                | (w::phát, w::động)
                | (w::cụm, w::từ)
                | (w::gọi, w::là)
                | (w::mệnh, w::danh)
                | (w::dòng, w::tin)
                | (w::văn, w::hóa)
                | (w::phong, w::trào)
                | (w::chủ, w::đề)
                | (w::khẩu, w::hiệu)
                | (w::phương, w::châm)
                | (w::cuộc, w::thi)
                | (w::hội, w::thi)
                | (w::danh, w::hiệu)
                | (w::mô, w::hình)
                | (w::vận, w::động)
                | (w::chương, w::trình)
                | (w::đề, w::án)
                | (w::cuốn, w::sách)
                | (w::tác, w::phẩm)
                | (w::bài, w::hát)
                | (w::bộ, w::phim)
                | (w::dự, w::án)
                | (w::hội, w::thảo)
                | (w::tọa, w::đàm)
                | (w::chuyên, w::đề)
                | (w::tiêu, w::đề)
                | (w::tên, w::gọi)
                | (w::triển, w::lãm)
                | (w::kỷ, w::niệm)
                | (w::huy, w::chương)
                | (w::giải, w::thưởng)
                | (w::chiến, w::dịch)
                | (w::bằng, w::khen)
                | (w::câu, w::lạc)
                | (w::dòng, w::chữ)
                | (w::bài, w::báo)
                | (w::bài, w::viết)
                | (w::thông, w::điệp)
                | (w::hội, w::chứng)
        )
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// *, ông A nói*; *– ông A nhấn mạnh*.
    Said,
    /// A verb of saying, but nobody right behind the quotation who says it.
    Verb,
    None,
}

fn tail(doc: &Doc, after: usize, note: &mut impl Note) -> Tail {
    let mut at = after;
    while doc.is_any(at, &[w::COMMA, w::HYPHEN, w::DOT]) && at < after + 2 {
        at += 1;
    }
    if at >= doc.len() || doc.at_line_start(at) {
        return Tail::None;
    }
    let marked = at > after && !doc.is(at - 1, w::DOT);
    let verb = (at..at + 26)
        .take_while(|&n| {
            n < doc.len() && !doc.at_line_start(n) && !doc.is(n, w::SEMICOLON) && doc.same_sentence(at, n) && !doc.opens_quote(n)
        })
        .find(|&n| doc.find(Table::SpeechVerbs, n).is_some() || matches!(doc.small(n), w::ông | w::bà | w::chị | w::anh));
    let at = if doc.is(at, w::theo) && at > after { at + 1 } else { at };
    let person = doc.find(Table::Honorifics, at).is_some() || doc.find(Table::Posts, at).is_some() || doc.is_cap(at);
    // "”, ông Tư cười.", "” - Phó Thủ tướng chỉ thị.": a short clause behind a dash tells who speaks, whatever its verb.
    const CLAUSE: usize = 7;
    let addressed = doc.find(Table::Honorifics, at).is_some() || doc.find(Table::Posts, at).is_some();
    let short = (at + 2..at + CLAUSE).any(|n| doc.is(n, w::DOT)) && (after..at).any(|n| doc.is_dash(n)) && addressed;
    if short {
        note.because("a short clause behind a dash tells who speaks", None, after..at + 1);
        return Tail::Said;
    }
    if let Some(verb) = verb.filter(|_| person && (marked || doc.find(Table::Honorifics, at).is_some())) {
        let end = doc.find(Table::SpeechVerbs, verb).map_or(verb + 1, |hit| hit.end);
        note.because("behind the quotation somebody, and a verb of saying or a word of address", None, at..end);
        Tail::Said
    } else if let Some(verb) = doc.find(Table::SpeechVerbs, at).filter(|_| marked) {
        note.because("a verb of saying behind", None, at..verb.end);
        Tail::Verb
    } else {
        Tail::None
    }
}

/// *”, một người dân nói*, *”, đại diện Sở Xây dựng cho biết*, *”, Thanh tra Chính phủ nêu*: who speaks behind the quotation has no name and no post.
fn nobody_named(doc: &Doc, cast: &Cast, after: usize) -> bool {
    const REACH: usize = 16;
    let at = after + (after..after + 2).take_while(|&at| doc.is_any(at, &[w::COMMA, w::HYPHEN])).count();
    if at == after || doc.at_line_start(at) {
        return false;
    }
    let clause = (at..at + REACH).take_while(|&n| doc.same_sentence(at, n) && !doc.opens_quote(n));
    let Some(verb) = clause.clone().find(|&n| doc.find(Table::SpeechVerbs, n).is_some()) else { return false };
    let unnamed = doc.is_lower(at) && is_unnamed(doc, at);
    let post = |n: usize| index_at(cast.titles, n).is_some() && !(unnamed && n == at);
    let named = |n: usize| {
        index_at(cast.persons, n).is_some()
            || post(n)
            || doc.find(Table::Honorifics, n).is_some_and(|hit| doc.is_cap(hit.end) || hit.end == n + 1)
    };
    let named = clause.into_iter().any(named);
    let body = doc.is_cap(at) && (doc.find(Table::Bodies, at).is_some() || doc.find(Table::KnownBodies, at).is_some());
    verb > at && !named && (unnamed || body)
}

/// *Đại diện Sở Y tế lưu ý: “…”*, *cử tri đề nghị: “…”*: the subject of the clause before the quotation is nobody with a name.
fn unnamed_before(doc: &Doc, clause: Range<usize>) -> bool {
    let Some(verb) = clause.clone().rev().find(|&at| doc.find(Table::SpeechVerbs, at).is_some()) else { return false };
    let from = clause.clone().take_while(|&at| at < verb).filter(|&at| doc.is(at, w::COMMA)).last().map_or(clause.start, |comma| comma + 1);
    (from..verb).any(|at| is_unnamed(doc, at))
}

/// Somebody without a name: *đại diện, lãnh đạo, một người dân, cử tri, bà con*.
fn is_unnamed(doc: &Doc, at: usize) -> bool {
    matches!(
        (doc.sym(at), doc.sym(at + 1)),
        (w::một | w::nhiều | w::các | w::những, _)
            | (w::đại, w::diện)
            | (w::lãnh, w::đạo)
            | (w::người, w::dân)
            | (w::cử, w::tri)
            | (w::bà | w::cô, w::con | w::giáo)
            | (w::thầy, w::giáo)
    )
}

fn says_between(doc: &Doc, between: Range<usize>) -> bool {
    between.clone().any(|at| doc.find(Table::SpeechVerbs, at).is_some_and(|hit| hit.end <= between.end))
}

/// Who speaks: behind a colon or a verb the last person before it in the sentence; else the first person behind the quotation; a post without a name is
/// its holder's; a document speaks for nobody.
fn speaker(doc: &Doc, cast: &Cast, open: usize, close: usize, lead: Lead, tail: Tail, note: &mut impl Note) -> Option<usize> {
    /// How far from the quotation, in tokens, what tells its speaker may stand.
    const REACH: usize = 100;
    let persons = cast.persons;
    let mut told = |what: &'static str, speaker: Option<usize>| {
        if let Some(person) = speaker.and_then(|n| persons.get(n)) {
            note.because(what, None, person.tokens.clone());
        }
        speaker
    };
    let speaks = |n: &usize| persons.get(*n).is_some_and(|p| !p.credit);
    let before = (0..persons.partition_point(|p| p.tokens.start < open)).rev().take(20).find(speaks);
    let behind = persons.partition_point(|p| p.tokens.start <= close);
    let line = doc.line(open);
    let in_line = |n: &usize| persons.get(*n).is_some_and(|p| line.contains(&p.tokens.start));
    if matches!(lead, Lead::Colon | Lead::Named) {
        let sentence = doc.sentence(open.saturating_sub(1));
        let sentence = sentence.start.max(open.saturating_sub(REACH))..sentence.end;
        let same_sentence = |n: &usize| persons.get(*n).is_some_and(|p| sentence.contains(&p.tokens.start));
        let subject = before.filter(same_sentence);
        let from = subject.and_then(|n| persons.get(n)).map_or(sentence.start, |p| p.tokens.end);
        // "Văn bản của UBND xã nêu rõ: “…”"
        if (from..open).any(|at| is_document_noun(doc, at)) {
            return None;
        }
        if subject.is_some() {
            return told("speaker: the last person before the quotation in its sentence", subject);
        }
        if let Some(post) = (sentence.start..open).find(|&at| index_at(cast.titles, at).is_some()) {
            return told("speaker: who holds the post that is named before the quotation", cast.holder(post));
        }
        if unnamed_before(doc, sentence.start..open) {
            return None;
        }
    }
    if tail == Tail::Said {
        let stop = (close + 1..doc.len().min(close + REACH))
            .find(|&at| doc.is(at, w::DOT) && doc.at_sentence_start(at + 1) || doc.opens_quote(at) || doc.at_line_start(at))
            .unwrap_or(close + REACH);
        if speaks(&behind) && persons.get(behind).is_some_and(|p| p.tokens.start < stop) {
            return told("speaker: the first person behind the quotation", Some(behind));
        }
        // "”, Phó Thủ tướng nhấn mạnh"
        if let Some(post) = (close + 1..stop.min(close + 6)).find(|&at| index_at(cast.titles, at).is_some()) {
            return told("speaker: who holds the post that is named behind the quotation", cast.holder(post));
        }
    }
    if tail == Tail::Verb && (close + 1..close + 5).any(|at| is_document_noun(doc, at)) {
        return None;
    }
    let last = before.filter(in_line).or(if matches!(tail, Tail::Said | Tail::Verb) || lead == Lead::Colon { before } else { None });
    told("speaker: the last person before the quotation", last)
}

/// *văn bản, báo cáo, quy định …*: what is quoted from it is nobody's speech.
fn is_document_noun(doc: &Doc, at: usize) -> bool {
    matches!(
        (doc.sym(at), doc.small(at + 1)),
        (w::văn, w::bản)
            | (w::báo, w::cáo)
            | (w::công, w::văn)
            | (w::điều | w::bộ, w::luật)
            | (w::quy, w::định)
            | (w::kết, w::luận)
            | (w::cáo, w::trạng)
            | (w::bệnh | w::bản, w::án)
            | (w::thông, w::báo)
            | (w::nghị, w::quyết)
            | (w::biên, w::bản)
            | (w::quyết | w::nghị, w::định)
            | (w::chỉ, w::thị)
            | (w::hợp, w::đồng)
            | (w::đơn, w::thư)
    )
}
