//! From mentions to facts: which title belongs to which person, which day a date without a year is, who issued a document, who a short name is.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil;
use rustc_hash::FxHashMap;

use crate::bulletin::{InferredFrom, TitleKind};
use crate::doc::Doc;
use crate::kind::date::{self, DateReading, Value};
use crate::kind::organization;
use crate::kind::person::{Gender, gender, looks_foreign};
use crate::kind::title::TitleReading;
use crate::kind::{Found, PersonReading, index_at, reading_at};
use crate::lexicon::{Flags, Sym, Table};
use crate::words as w;

// ---------------------------------------------------------------- titles to persons

/// For each person the titles that the bulletin gives them there, in the order of the text.
pub(crate) fn titles_of_persons(doc: &Doc, found: &Found) -> Vec<Vec<usize>> {
    link_titles(doc, found, |_, _, _| {})
}

/// By what a person was given a title, or was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TitleRule {
    Before,
    After,
    PluralList,
    Appointed,
    Remark,
    SharedByPair,
    Signature,
    Refused(&'static str),
}

/// The same; `tell` hears of each person and title by which rule the one was given the other.
pub(crate) fn link_titles(doc: &Doc, found: &Found, tell: impl FnMut(usize, usize, TitleRule)) -> Vec<Vec<usize>> {
    let mut linker = Linker {
        doc,
        persons: &found.persons,
        titles: &found.titles,
        given: vec![Vec::new(); found.persons.len()],
        used: vec![false; found.titles.len()],
        tell,
    };
    linker.lists_behind_plurals();
    linker.before();
    linker.after();
    linker.appointed();
    linker.in_remarks();
    linker.shared_by_pairs();
    linker.signatures();
    for titles in &mut linker.given {
        titles.sort_unstable();
        titles.dedup();
    }
    linker.given
}

struct Linker<'d, 't, T> {
    doc: &'d Doc<'t>,
    persons: &'d [PersonReading],
    titles: &'d [TitleReading],
    given: Vec<Vec<usize>>,
    /// Titles that a person has.
    used: Vec<bool>,
    tell: T,
}

impl<T: FnMut(usize, usize, TitleRule)> Linker<'_, '_, T> {
    fn give(&mut self, person: usize, title: usize, by: TitleRule) {
        (self.tell)(person, title, by);
        if let (Some(list), Some(used)) = (self.given.get_mut(person), self.used.get_mut(title)) {
            list.push(title);
            *used = true;
        }
    }

    fn has_none(&self, person: usize) -> bool {
        self.given.get(person).is_none_or(Vec::is_empty)
    }

    fn is_used(&self, title: usize) -> bool {
        self.used.get(title).copied().unwrap_or(true)
    }

    fn title(&self, n: usize) -> Option<&TitleReading> {
        self.titles.get(n)
    }

    /// The title that ends right before token `end`; a degree's point may stand between.
    fn title_ending(&self, end: usize) -> Option<usize> {
        let n = self.titles.partition_point(|t| t.tokens.start < end).checked_sub(1)?;
        let title = self.title(n)?;
        // "Chủ tịch UBND phường An Hòa (quận Bình Sơn) Lê Quang Phú"
        let bracket = (title.tokens.end + 2..=title.tokens.end + 9).contains(&end) && self.doc.is(title.tokens.end, w::OPEN);
        if bracket && self.doc.is(end - 1, w::CLOSE) {
            return Some(n);
        }
        let point = title.tokens.end + 1 == end
            && self.doc.is(title.tokens.end, w::DOT)
            && self.doc.touches(title.tokens.end)
            && self.doc.same_sentence(title.tokens.start, end);
        (title.tokens.end == end || point).then_some(n)
    }

    /// The person whose name (or honorific before it) begins at token `at`.
    fn person_at(&self, at: usize) -> Option<usize> {
        let n = self.persons.partition_point(|p| p.tokens.start < at);
        let person = self.persons.get(n)?;
        (self.lead_of(person) <= at).then_some(n)
    }

    /// Where a person's phrase begins: with the honorific.
    fn lead_of(&self, person: &PersonReading) -> usize {
        let start = person.tokens.start;
        self.doc.find_before(Table::Honorifics, start).map_or(start, |hit| hit.start)
    }

    /// *Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Hồ Đăng Quế*; *Đại tá A*; *PGS.TS. B*.
    fn before(&mut self) {
        for n in 0..self.persons.len() {
            let Some(person) = self.persons.get(n) else { continue };
            let start = person.tokens.start;
            let lead = self.lead_of(person);
            // "Bí thư Huyện ủy Tháp Mười – Nguyễn Văn Vũ Minh", "Theo Giám đốc Sở Y tế, ông Lê Văn Cường, …"
            let across = || {
                let apposed = |m: usize| {
                    self.doc.is(m, w::COMMA)
                        && lead < start
                        && person.tokens.len() >= 2
                        && self.title_ending(m).and_then(|t| self.title(t)).is_some_and(|t| {
                            t.tokens
                                .start
                                .checked_sub(1)
                                .is_some_and(|at| self.doc.is(at, w::theo) || matches!(self.doc.small(at), w::do_ | w::bởi))
                        })
                };
                let mark = lead.checked_sub(1).filter(|&m| self.doc.is_any(m, &[w::HYPHEN, w::COLON]) || apposed(m))?;
                self.title_ending(mark).filter(|&t| {
                    self.title(t).is_some_and(|t| {
                        t.kind == TitleKind::Post
                            && !t.weak
                            && t.organization.is_some()
                            && self.doc.same_sentence(t.tokens.start, start)
                            && !self.follows_person(t.tokens.start)
                            && self.joined_before(t.tokens.start).is_none()
                    })
                })
            };
            let Some(last) = self.title_ending(start).or_else(|| self.title_ending(lead)).or_else(across) else { continue };
            let mut chain = vec![last];
            let mut branches = Vec::new();
            let mut first = last;
            while let Some(t) = self.title(first) {
                if let Some(branch) = branch_of(self.doc, t).filter(|branch| !branches.contains(branch)) {
                    branches.push(branch);
                }
                let Some(previous) = self.joined_before(t.tokens.start).filter(|&p| self.compatible(p, &branches)) else { break };
                chain.push(previous);
                first = previous;
            }
            // Behind another person's name the chain is that person's, but for what touches this one.
            let chain_start = self.title(first).map_or(start, |t| t.tokens.start);
            // "… yêu cầu thay hiệu trưởng", and on the next line "Ông A …"
            if (self.follows_person(chain_start) || self.doc.at_line_start(lead)) && self.opens_clause(lead) {
                (self.tell)(n, last, TitleRule::Refused("the word of address behind it begins a sentence"));
                continue;
            }
            if self.follows_person(chain_start) {
                let personal =
                    |t: &&usize| self.title(**t).is_some_and(|t| matches!(t.kind, TitleKind::Rank | TitleKind::Degree | TitleKind::Honour));
                let keep = chain.iter().take_while(personal).count().max(1);
                for &other in chain.iter().skip(keep) {
                    (self.tell)(n, other, TitleRule::Refused("it stands behind the name of another person"));
                }
                chain.truncate(keep);
            } else if self.on_behalf(chain_start)
                && chain.len() > 1
                && let Some(first) = chain.pop()
            {
                // "Thay mặt Thủ tướng Chính phủ, Bộ trưởng … A": the first is another's.
                (self.tell)(n, first, TitleRule::Refused("the words before it say that this person acts for its holder"));
            }
            for title in chain {
                self.give(n, title, TitleRule::Before);
            }
        }
    }

    /// Whether one person can hold title `t` beside those of a chain that are of the `branches`: *Giám đốc Sở GD-ĐT, Chủ tịch UBND tỉnh A* names two
    /// offices of two people, unless *kiêm* joins them.
    fn compatible(&self, t: usize, branches: &[Branch]) -> bool {
        let Some(title) = self.title(t) else { return true };
        let Some(branch) = branch_of(self.doc, title) else { return true };
        let joined = self.doc.is(title.tokens.end, w::kiêm) || self.doc.is(title.tokens.end + 1, w::kiêm);
        joined || branches.iter().all(|&other| other == branch)
    }

    /// The title that stands before token `at` with a comma, a dash, *kiêm* or nothing between.
    fn joined_before(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        if let Some(n) =
            self.title_ending(at).filter(|&n| self.title(n).is_some_and(|t| t.tokens.end <= at && doc.same_sentence(t.tokens.start, at)))
        {
            return Some(n);
        }
        let mark = at.checked_sub(1)?;
        let between = doc.is_any(mark, &[w::COMMA, w::HYPHEN, w::kiêm]);
        let mark = if doc.is(mark, w::kiêm) && mark > 0 && doc.is_any(mark - 1, &[w::COMMA, w::HYPHEN]) { mark - 1 } else { mark };
        if !between {
            return None;
        }
        // "Trao đổi với PV VietNamNet, Chủ tịch xã …": a reporter of a paper is another person.
        let addressed = |t: &TitleReading| t.tokens.start.checked_sub(1).is_some_and(|at| matches!(doc.raw(at), "Ngài" | "ngài"));
        // "Tiếp thu ý kiến của đại biểu, Bộ trưởng …"
        let of_others = |t: &TitleReading| t.weak && t.tokens.start.checked_sub(1).is_some_and(|at| doc.is_any(at, &[w::của, w::các]));
        let another = |t: &TitleReading| (t.weak && t.tokens.end > t.head_end || of_others(t) || addressed(t)) && doc.is(mark, w::COMMA);
        let direct =
            self.title_ending(mark).filter(|&n| self.title(n).is_some_and(|t| doc.same_sentence(t.tokens.start, at) && !another(t)));
        direct.or_else(|| {
            // The rest of a body's name may stand between: "Trưởng ban Chỉ đạo công tác bầu cử, …".
            let n = self.titles.partition_point(|t| t.tokens.end <= mark).checked_sub(1)?;
            let title = self.title(n)?;
            (!title.weak && doc.same_sentence(title.tokens.start, at) && doc.is(mark, w::COMMA) && self.is_gap(title.tokens.end..mark))
                .then_some(n)
        })
    }

    /// Whether a person's name and a mark stand right before token `at`.
    fn follows_person(&self, at: usize) -> bool {
        let Some(mark) = at.checked_sub(1).filter(|&m| self.doc.is_any(m, &[w::COMMA, w::HYPHEN, w::OPEN, w::COLON])) else { return false };
        let n = self.persons.partition_point(|p| p.tokens.end <= mark);
        n.checked_sub(1).and_then(|n| self.persons.get(n)).is_some_and(|p| p.tokens.end == mark)
    }

    fn on_behalf(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or(Cow::Borrowed(""), |i| self.doc.folded(i));
        matches!((&*word(2), &*word(1)), ("thay", "mặt") | ("ủy", "quyền") | ("thừa", "lệnh"))
            || matches!(
                (&*word(3), &*word(2), &*word(1)),
                ("ủy", "quyền", "của")
                    | ("chỉ", "đạo", "của")
                    | ("quyết", "định", "của")
                    | ("phân", "công", "của")
                    | ("đề", "nghị", "của")
                    | ("yêu", "cầu", "của")
            )
    }

    /// *Trần Thị Mai Hương – TUV, Bí thư Quận ủy*; *Trần Quốc Thụy (Bí thư Huyện ủy)*.
    fn after(&mut self) {
        for n in 0..self.persons.len() {
            let Some(person) = self.persons.get(n) else { continue };
            // "Ảnh: VGP/Nhật Bắc Tổng Bí thư đề nghị …": the text goes on.
            if person.credit && self.doc.is_word(person.tokens.end) {
                continue;
            }
            // "bà A, chị ông B, Chủ tịch UBND tỉnh": the post is hers.
            let relative = self.lead_of(person).checked_sub(2).is_some_and(|mark| {
                let kin = matches!(self.doc.small(mark + 1), w::chị | w::em | w::vợ | w::chồng | w::con | w::bố | w::mẹ | w::cha | w::cháu);
                kin && self.doc.is(mark, w::COMMA)
                    && n.checked_sub(1).and_then(|n| self.persons.get(n)).is_some_and(|p| p.tokens.end == mark)
            });
            if relative && self.doc.is(person.tokens.end, w::COMMA) {
                continue;
            }
            let mut at = self.past_birth(person.tokens.end);
            let before = self.title_ending(person.tokens.start).and_then(|t| self.title(t)).map(|t| t.tokens.start);
            let theo = self.doc.is(before.unwrap_or_else(|| self.lead_of(person)).wrapping_sub(1), w::theo);
            let mut first = true;
            let mut chain = Vec::new();
            let mut end = at;
            loop {
                // "…, TVTU, Phó Chủ tịch HĐND tỉnh", "Trưởng ban Chỉ đạo công tác bầu cử, Bí thư …": a link that no rule reads.
                let next = self.past_mark(at, first);
                let direct = next.and_then(|start| index_at(self.titles, start));
                let Some(t) = direct.or_else(|| self.past_gap(next.unwrap_or(at)).filter(|_| next.is_some() || !first)) else { break };
                let Some(title) = self.title(t) else { break };
                let start = title.tokens.start;
                // It stands at the next person's name: theirs; a place in brackets may stand between.
                let mut behind = self.past_point(title.tokens.end);
                if self.doc.is(behind, w::OPEN)
                    && let Some(close) = (behind + 2..behind + 8).find(|&i| self.doc.is(i, w::CLOSE))
                    && index_at(self.persons, close + 1).is_some()
                {
                    behind = close + 1;
                }
                if self.person_at(behind).is_some() && self.doc.same_sentence(start, behind) && !self.opens_clause(behind) {
                    (self.tell)(n, t, TitleRule::Refused("it stands at the name of the next person"));
                    break;
                }
                if !self.doc.same_sentence(person.tokens.start, start) {
                    break;
                }
                chain.push(t);
                at = title.tokens.end;
                end = at;
                first = false;
            }
            // "Theo ông A, Chủ tịch xã đã giao …", "Đối với ông A, Tổng Bí thư gửi …": the title is the subject of the clause.
            let open = self.doc.is(person.tokens.end, w::COMMA)
                && !self.doc.is_any(end, &[w::COMMA, w::CLOSE, w::HYPHEN, w::COLON])
                && self.doc.is_word(end);
            let subject = open && (theo || self.closes_adverbial(person));
            for t in chain {
                if subject {
                    (self.tell)(n, t, TitleRule::Refused("it is the subject of the clause behind the person"));
                } else {
                    self.give(n, t, TitleRule::After);
                }
            }
        }
    }

    /// *…, Chủ tịch UBND xã Ngọc Lương Ông Phương cho biết*: a capital honorific begins a sentence, the full stop missing.
    fn opens_clause(&self, at: usize) -> bool {
        matches!(self.doc.title(at), w::ông | w::bà)
    }

    /// *Về vụ việc đối với ông A,*: the sentence opens with an adverbial that ends in the person, so that its subject follows.
    fn closes_adverbial(&self, person: &PersonReading) -> bool {
        const LONGEST: usize = 100;
        let doc = self.doc;
        let sentence = doc.sentence(person.tokens.start);
        let opens = matches!(
            doc.sym(sentence.start),
            w::về
                | w::đối
                | w::với
                | w::sau
                | w::trước
                | w::trong
                | w::tại
                | w::từ
                | w::khi
                | w::nhân
                | w::cùng
                | w::ngoài
                | w::bên
                | w::giữa
        );
        let lead = self.lead_of(person);
        if !opens || lead > sentence.start + LONGEST {
            return false;
        }
        let inside =
            lead > sentence.start && matches!(doc.small(lead - 1), w::với | w::của | w::cho | w::đến | w::tới | w::về | w::từ | w::bởi);
        inside && !(sentence.start..lead).any(|at| doc.is_any(at, &[w::COMMA, w::HYPHEN, w::COLON, w::SEMICOLON]))
    }

    fn past_point(&self, at: usize) -> usize {
        if self.doc.is(at, w::DOT) && self.doc.touches(at) { at + 1 } else { at }
    }

    /// Past *(sinh năm 1975)*, *, sinh ngày 3/2/1970*, *(45 tuổi)*, *(SN 1979, trú tại …)* where it is short.
    fn past_birth(&self, at: usize) -> usize {
        let doc = self.doc;
        let open = doc.is(at, w::OPEN);
        if !open && !doc.is(at, w::COMMA) {
            return at;
        }
        let born = doc.is(at + 1, w::sinh) || doc.raw(at + 1) == "SN" || (doc.is_number(at + 1) && doc.is(at + 2, w::tuổi));
        if !born {
            return if open { self.past_remark(at) } else { at };
        }
        let reach = if open { 40 } else { 12 };
        for i in at + 1..(at + reach).min(doc.len()) {
            if open && doc.is(i, w::CLOSE) {
                return i + 1;
            }
            // "(SN 1957, nguyên Giám đốc Công ty)"
            if open && doc.is(i, w::COMMA) && index_at(self.titles, i + 1).is_some() {
                return i;
            }
            if !open && doc.is(i, w::COMMA) {
                return i;
            }
        }
        at
    }

    /// Past a short remark in brackets that holds no post, where a mark and a post follow: *(quốc tịch Thụy Điển), Giám đốc …*, *(bìa trái) – …*.
    fn past_remark(&self, at: usize) -> usize {
        const LONGEST: usize = 8;
        let doc = self.doc;
        let Some(close) = (at + 1..at + 1 + LONGEST).find(|&i| doc.is(i, w::CLOSE)) else { return at };
        let held = (at + 1..close)
            .any(|i| index_at(self.titles, i).is_some() || self.person_at(i).is_some_and(|_| index_at(self.persons, i).is_some()));
        let title = index_at(self.titles, close + 2).and_then(|t| self.title(t));
        let post = doc.is_any(close + 1, &[w::COMMA, w::HYPHEN]) && title.is_some_and(|t| !t.weak);
        if post && !held { close + 1 } else { at }
    }

    /// Whether the tokens can be the rest of a body's name that the rules cut short, or a post that no lexicon has: few, capitals or words of a
    /// field. Any other small word may be a verb, behind which a title is somebody else's.
    fn is_gap(&self, tokens: Range<usize>) -> bool {
        const LONGEST: usize = 6;
        let doc = self.doc;
        if tokens.len() > LONGEST {
            return false;
        }
        let mut at = tokens.start;
        while at < tokens.end {
            let field =
                doc.find(Table::Fields, at).filter(|&hit| doc.is_cap(at) || !doc.flags(hit).has(Flags::VERB)).map_or(at, |hit| hit.end);
            let known = doc.is_cap(at) || doc.is_any(at, &[w::của, w::và, w::về]) || field > at;
            if !known || doc.find(Table::SpeechVerbs, at).is_some() || self.person_at(at).is_some() {
                return false;
            }
            at = field.max(at + 1);
        }
        true
    }

    /// Past a gap from token `at` (behind a mark or a title) to the next title of the chain: its index.
    fn past_gap(&self, at: usize) -> Option<usize> {
        let mark = (at..at + 8).find(|&n| self.doc.is_any(n, &[w::COMMA, w::HYPHEN]))?;
        let t = index_at(self.titles, mark + 1)?;
        let strong = self.title(t).is_some_and(|t| !t.weak && t.kind == TitleKind::Post);
        (strong && self.is_gap(at..mark)).then_some(t)
    }

    /// The token behind the mark or words that may lead to a title; `None` where there are none.
    fn past_mark(&self, at: usize, first: bool) -> Option<usize> {
        let doc = self.doc;
        let mut i = at;
        if doc.is_any(i, &[w::COMMA, w::HYPHEN])
            || (first && doc.is_any(i, &[w::OPEN, w::COLON]))
            || (!first && doc.is(i, w::SEMICOLON) && self.in_brackets(i))
            || (!first && doc.is(i, w::OPEN) && self.copula(i + 1).is_some())
        {
            i += 1;
            if doc.is_any(i, &[w::HYPHEN]) {
                i += 1;
            }
        } else if doc.is(i, w::kiêm) || !first && doc.is(i, w::và) {
            i += 1;
        } else if first && index_at(self.titles, i).is_some() {
            // No mark at all: "chị Nghiêm Thị Mận Phó Chủ tịch UBND xã".
            return Some(i);
        } else if first && self.copula(i).is_none() {
            return None;
        } else if !first {
            // Ranks and degrees may follow one another without a mark.
            return index_at(self.titles, i).filter(|&t| self.title(t).is_some_and(|t| t.kind != TitleKind::Post)).map(|_| i);
        }
        if doc.is(i, w::kiêm) {
            i += 1;
        }
        if let Some(next) = self.copula(i) {
            i = next;
        }
        (i > at).then_some(i)
    }

    /// *là, hiện là, nguyên là, từng là, đồng thời là*: the token behind.
    fn copula(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        for words in [
            &[w::hiện, w::đang, w::là][..],
            &[w::đang, w::là],
            &[w::là],
            &[w::hiện, w::là],
            &[w::hiện, w::nay, w::là],
            &[w::nay, w::là],
            &[w::đồng, w::thời, w::là],
            &[w::đồng, w::thời],
            &[w::hiện],
        ] {
            if doc.are(at, words) {
                return Some(at + words.len());
            }
        }
        // "nguyên là Giám đốc" keeps "nguyên" for the title reader only where the title begins with it.
        if doc.are(at, &[w::nguyên, w::là]) {
            return Some(at + 2);
        }
        // "tân Bí thư", "khi đó là", "lúc bấy giờ là"
        if doc.small(at) == w::tân {
            return Some(at + 1);
        }
        let then = match (doc.raw(at), doc.raw(at + 1)) {
            ("khi" | "lúc", "đó" | "ấy") => at + 2,
            ("lúc", "bấy") => at + 3,
            _ => at,
        };
        if then > at && doc.is(then, w::là) {
            return Some(then + 1);
        }
        // "từng là", "đã từng là"
        let once = at + usize::from(doc.small(at) == w::đã);
        (doc.small(once) == w::từng && doc.is(once + 1, w::là)).then_some(once + 2)
    }

    fn in_brackets(&self, at: usize) -> bool {
        (at.saturating_sub(30)..at).rev().find(|&i| self.doc.is_any(i, &[w::OPEN, w::CLOSE])).is_some_and(|i| self.doc.is(i, w::OPEN))
    }

    /// *các Phó Chủ tịch HĐND tỉnh: A, B*; *các đồng chí Phó Bí thư Tỉnh ủy: A – Chủ tịch UBND tỉnh; B, C*.
    fn lists_behind_plurals(&mut self) {
        for t in 0..self.titles.len() {
            let Some(title) = self.title(t) else { continue };
            let (start, end) = (title.tokens.start, title.tokens.end);
            if !self.plural_before(start) {
                continue;
            }
            let mut at = end;
            // "Theo các bác sĩ, bà L. …" is no list.
            if self.doc.is(at, w::COMMA) {
                continue;
            }
            if self.doc.is(at, w::COLON) {
                at += 1;
            } else if self.doc.is_any(at, &[w::gồm, w::là]) {
                at += 1 + usize::from(self.doc.is(at + 1, w::có) || self.doc.is(at + 1, w::COLON));
                // "hai Phó Chủ tịch là các ông A và B"
                if let Some(hit) = self.doc.find(Table::Honorifics, at).filter(|&hit| self.doc.flags(hit).has(Flags::PLURAL)) {
                    at = hit.end + usize::from(self.doc.is(hit.end, w::COLON));
                }
            }
            let colon = self.doc.is(end, w::COLON);
            // Persons one after another, with their own titles, honorifics, marks between.
            let mut members = Vec::new();
            while at < self.doc.len() && self.doc.same_sentence(start, at) {
                if let Some(n) = index_at(self.persons, at) {
                    members.push(n);
                    at = self.persons.get(n).map_or(at + 1, |p| p.tokens.end);
                } else if let Some(own) = index_at(self.titles, at) {
                    let Some(own) = self.title(own) else { break };
                    // Another plural list begins; without a colon a post of one's own ends the sharing: "các đồng chí Phó Bí thư A và Phó Trưởng đoàn B".
                    if self.plural_before(own.tokens.start)
                        || !colon && !members.is_empty() && own.kind == TitleKind::Post && self.person_at(own.tokens.end).is_some()
                    {
                        break;
                    }
                    at = own.tokens.end;
                } else if self.doc.is(at, w::SEMICOLON) {
                    // Behind a semicolon only a bare name still belongs to the list.
                    if index_at(self.persons, at + 1).is_some() {
                        at += 1;
                    } else {
                        break;
                    }
                } else if self.doc.is(at, w::OPEN) && self.doc.is_number(at + 1) && self.doc.is(at + 2, w::tuổi) {
                    // "A (56 tuổi), B (44 tuổi)"
                    at += 3;
                } else if self.doc.is_any(at, &[w::COMMA, w::và, w::HYPHEN, w::OPEN, w::CLOSE, w::DOT, w::kiêm]) {
                    at += 1;
                } else if let Some(hit) = self.doc.find(Table::Honorifics, at) {
                    if self.doc.flags(hit).has(Flags::PLURAL) {
                        break;
                    }
                    at = hit.end;
                } else {
                    break;
                }
            }
            for n in members {
                self.give(n, t, TitleRule::PluralList);
            }
        }
    }

    /// *các*, *hai*, *các đồng chí* right before token `at`.
    fn plural_before(&self, at: usize) -> bool {
        let doc = self.doc;
        let Some(before) = at.checked_sub(1) else { return false };
        // "các đồng chí là Ủy viên Ban Thường vụ: A, B"
        let (at, before) = if doc.is(before, w::là) && before > 0 { (before, before - 1) } else { (at, before) };
        doc.is_any(before, &[w::các, w::hai, w::ba, w::bốn])
            || doc.find_before(Table::Honorifics, at).is_some_and(|hit| doc.flags(hit).has(Flags::PLURAL))
            || (doc.is_number(before) && matches!(doc.raw(before), "2" | "3" | "4" | "02" | "03" | "04"))
    }

    /// *giữ chức X, được bầu làm X, đắc cử X*, and *X cho ông A*.
    fn appointed(&mut self) {
        const POSTS: usize = 10; // more that share one verb are no list of posts
        for t in 0..self.titles.len() {
            let Some(title) = self.title(t) else { continue };
            if self.is_used(t) {
                continue;
            }
            let (start, end) = (title.tokens.start, title.tokens.end);
            if let Some(n) = self.recipient(title) {
                self.give(n, t, TitleRule::Appointed);
                continue;
            }
            // "cách chức thành viên UBND các cấp": whoever it is.
            if title.former && self.doc.is(end, w::các) {
                continue;
            }
            if self.verb_of_office(start) {
                let n = self.subject_before(start);
                let holder = n.filter(|&n| {
                    self.persons.get(n).is_some_and(|p| self.doc.same_sentence(p.tokens.start, start) && !self.parted(p.tokens.end, start))
                });
                // "bổ nhiệm em họ … làm Phó khoa": only who is put there holds the post.
                let said_by = |n: usize| self.persons.get(n).is_some_and(|p| self.doc.is(self.lead_of(p).wrapping_sub(1), w::theo));
                let passive = (start.saturating_sub(4)..start).any(|at| self.doc.is(at, w::được)) && !holder.is_some_and(said_by);
                let made = self.doc.is(start - 1, w::làm) && !self.doc.is(start.wrapping_sub(2), w::cử) && !passive;
                if let Some(n) = holder.filter(|&n| !made || self.is_object(n, start)) {
                    // "giữ chức Bí thư Đảng ủy, Chủ tịch HĐND phường"
                    let mut chain = vec![t];
                    let mut end = end;
                    while chain.len() < POSTS
                        && self.doc.is_any(end, &[w::COMMA, w::và, w::kiêm, w::HYPHEN])
                        && let Some(next) = index_at(self.titles, end + 1)
                        && let Some(further) = self.title(next)
                        && self.person_at(further.tokens.end).is_none()
                    {
                        chain.push(next);
                        end = further.tokens.end;
                    }
                    for member in self.list_ending_with(n) {
                        for &t in &chain {
                            self.give(member, t, TitleRule::Appointed);
                        }
                    }
                    continue;
                }
            }
            // "Sau khi nhậm chức Bí thư Thành ủy, ông A đã …"
            if let Some(n) = self.subject_behind(start, end) {
                self.give(n, t, TitleRule::Appointed);
            }
        }
    }

    /// *trao quyết định bổ nhiệm Giám đốc Sở Y tế cho ông A*, *miễn nhiệm chức danh Phó Chủ tịch UBND TP (nhiệm kỳ …) đối với ông A*.
    fn recipient(&self, title: &TitleReading) -> Option<usize> {
        const REACH: usize = 9;
        let doc = self.doc;
        let (start, end) = (title.tokens.start, title.tokens.end);
        let office = title.former
            || (start.saturating_sub(8)..start).any(|i| {
                matches!(
                    (doc.small(i), doc.small(i + 1)),
                    (w::bổ, w::nhiệm)
                        | (w::chức, w::vụ)
                        | (w::chức, w::danh)
                        | (w::giữ, w::chức)
                        | (w::phê, w::chuẩn)
                        | (w::quân | w::cấp | w::bậc, w::hàm)
                )
            });
        if !office {
            return None;
        }
        // The term of office may stand between.
        let term = doc.are(end + usize::from(doc.is(end, w::OPEN)), &[w::nhiệm, w::kỳ]) || doc.is(end, w::khóa);
        let giving = |at: usize| {
            if doc.are(at, &[w::đối, w::với]) {
                Some(at + 2)
            } else if doc.is(at, w::cho) || title.former && doc.is_any(at, &[w::với, w::của]) {
                Some(at + 1)
            } else {
                None
            }
        };
        let reach = if term { end + REACH } else { end };
        let at = (end..=reach).take_while(|&at| doc.same_sentence(end - 1, at) && !doc.is(at, w::SEMICOLON)).find_map(giving)?;
        self.person_at(at)
    }

    /// The subject behind an adverbial that ends in the post: *Sau khi nhậm chức X, ông A …*, *Khi còn là X, ông A …*; nobody else stands in it.
    fn subject_behind(&self, start: usize, end: usize) -> Option<usize> {
        let doc = self.doc;
        let sentence = doc.sentence(start);
        let opens = matches!(doc.sym(sentence.start), w::sau | w::khi | w::trước | w::từ | w::ngay | w::trong | w::thời | w::lúc | w::hồi);
        let n = self.person_at(end + 1).filter(|_| opens && doc.is(end, w::COMMA) && self.verb_of_office(start))?;
        let alone = self.persons.get(n).is_some_and(|p| doc.same_sentence(start, p.tokens.start))
            && n.checked_sub(1).and_then(|n| self.persons.get(n)).is_none_or(|p| p.tokens.end <= sentence.start);
        alone.then_some(n)
    }

    /// The last person shortly before token `at` who stands in no brackets closed by then: *ông A (chồng bà B) được bầu làm*.
    fn subject_before(&self, at: usize) -> Option<usize> {
        const REACH: usize = 45;
        let last = self.persons.partition_point(|p| p.tokens.end <= at);
        (last.saturating_sub(3)..last).rev().find(|&n| {
            self.persons.get(n).filter(|p| at - p.tokens.end < REACH).is_some_and(|p| {
                let mark = (p.tokens.end..at).find(|&i| self.doc.is_any(i, &[w::OPEN, w::CLOSE]));
                mark.is_none_or(|mark| self.doc.is(mark, w::OPEN))
            })
        })
    }

    /// Whether person `n` is led in by *do, bầu, cử, bổ nhiệm, phân công …*, or stands right before the verb.
    fn is_object(&self, n: usize, verb: usize) -> bool {
        let Some(person) = self.persons.get(n) else { return false };
        let first = self
            .given
            .get(n)
            .into_iter()
            .flatten()
            .filter_map(|&t| self.title(t))
            .map(|t| t.tokens.start)
            .filter(|&s| s < person.tokens.start)
            .min();
        let lead = first.unwrap_or_else(|| self.lead_of(person)).min(self.lead_of(person));
        let word = lead.checked_sub(1).map_or("", |at| self.doc.raw(at));
        matches!(word, "do" | "bầu" | "cử" | "nhiệm" | "định" | "công" | "mời" | "giao" | "chọn" | "động" | "Bầu" | "Cử" | "Do")
            || verb - person.tokens.end <= 3
            || verb - person.tokens.end <= 8 && self.doc.is(person.tokens.end, w::được)
    }

    fn verb_of_office(&self, at: usize) -> bool {
        let doc = self.doc;
        let ends = |words: &[Sym]| at >= words.len() && doc.are(at - words.len(), words);
        ends(&[w::chức])
            || ends(&[w::giữ, w::chức, w::vụ])
            || ends(&[w::giữ, w::chức, w::danh])
            || (ends(&[w::chức, w::vụ]) || ends(&[w::chức, w::danh]))
                && at >= 3
                && matches!(doc.small(at - 3), w::cử | w::nhận | w::nhiệm | w::bầu | w::giữ)
            || ends(&[w::làm])
            || ends(&[w::đắc, w::cử])
            || ends(&[w::trúng, w::cử])
            || at >= 3 && doc.is(at - 3, w::được) && matches!((doc.small(at - 2), doc.small(at - 1)), (w::bổ, w::nhiệm) | (w::chỉ, w::định))
            || ends(&[w::trở, w::thành])
            || ends(&[w::cương, w::vị])
            || at >= 3 && matches!((doc.small(at - 3), doc.small(at - 2), doc.small(at - 1)), (w::nhận | w::công, w::nhiệm, w::vụ))
            || ends(&[w::còn, w::là]) && at >= 3 && matches!(doc.sym(at - 3), w::khi | w::thời | w::lúc | w::hồi)
    }

    /// Whether what stands between two tokens parts the office from the person: another clause, *về việc*, *chưa*.
    fn parted(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| {
            self.doc.is(i, w::SEMICOLON) || self.doc.small(i) == w::chưa || self.doc.is(i, w::về) && self.doc.small(i + 1) == w::việc
        })
    }

    /// The persons of the list that person `n` ends: *A, B và C*.
    fn list_ending_with(&self, n: usize) -> Vec<usize> {
        let mut members = vec![n];
        let mut first = n;
        while let (Some(previous), Some(person)) = (first.checked_sub(1).and_then(|p| self.persons.get(p)), self.persons.get(first)) {
            let lead = self.lead_of(person);
            let joined = previous.tokens.end + 1 == lead && self.doc.is_any(previous.tokens.end, &[w::COMMA, w::và]);
            if !joined {
                break;
            }
            first -= 1;
            members.push(first);
        }
        members
    }

    /// *Lê Bảo Duy (giảng viên kiêm nhiệm, Giám đốc Bệnh viện …)*: a post behind a comma in the brackets that follow a name, nobody else in them.
    fn in_remarks(&mut self) {
        const LONGEST: usize = 40;
        let doc = self.doc;
        for n in 0..self.persons.len() {
            let Some(open) = self.persons.get(n).map(|p| p.tokens.end).filter(|&at| doc.is(at, w::OPEN)) else {
                continue;
            };
            let Some(close) = (open + 1..open + LONGEST).find(|&i| doc.is_any(i, &[w::CLOSE, w::OPEN])).filter(|&i| doc.is(i, w::CLOSE))
            else {
                continue;
            };
            if self.persons.get(n + 1).is_some_and(|next| next.tokens.start < close) {
                continue;
            }
            for at in open + 1..close {
                if doc.is(at, w::COMMA)
                    && let Some(t) = index_at(self.titles, at + 1).filter(|&t| !self.is_used(t) && self.title(t).is_some_and(|t| !t.weak))
                {
                    self.give(n, t, TitleRule::Remark);
                }
            }
        }
    }

    /// *Hồ Sỹ Quân và Bùi Đức Thịnh, Phó Chủ tịch UBND tỉnh*: both hold it.
    fn shared_by_pairs(&mut self) {
        for n in (1..self.persons.len()).rev() {
            let Some(person) = self.persons.get(n) else { continue };
            let end = person.tokens.end;
            let lead = self.lead_of(person);
            // Only titles behind the second name are shared.
            let shared: Vec<usize> =
                self.given.get(n).into_iter().flatten().copied().filter(|&t| self.title(t).is_some_and(|t| t.tokens.start > end)).collect();
            let own_before = self.given.get(n).into_iter().flatten().any(|&t| self.title(t).is_some_and(|t| t.tokens.start < end));
            if shared.is_empty() || own_before || !self.doc.is_any(end, &[w::COMMA, w::OPEN, w::HYPHEN]) {
                continue;
            }
            let Some(previous) = self.persons.get(n - 1) else { continue };
            let joined = previous.tokens.end + 1 == lead && self.doc.is(previous.tokens.end, w::và);
            if joined && self.has_none(n - 1) {
                for t in shared {
                    self.give(n - 1, t, TitleRule::SharedByPair);
                }
            }
        }
    }

    /// A title on a line of its own, *(Đã ký)*, and a name on a line of its own.
    fn signatures(&mut self) {
        let doc = self.doc;
        for n in 0..self.persons.len() {
            let Some(person) = self.persons.get(n) else { continue };
            let (start, end) = (person.tokens.start, person.tokens.end);
            if !self.has_none(n) || !doc.at_line_start(start) || !(doc.at_line_start(end) || end >= doc.len()) {
                continue;
            }
            let mut above = start;
            for _ in 0..2 {
                if above == 0 {
                    break;
                }
                let line = doc.line(above - 1);
                if let Some(t) = self.title_ending(line.end).filter(|&t| self.title(t).is_some_and(|t| t.tokens.start >= line.start)) {
                    let alone = self.title(t).is_some_and(|t| t.tokens.start == line.start || doc.is(t.tokens.start - 1, w::DOT));
                    if alone && !self.is_used(t) {
                        self.give(n, t, TitleRule::Signature);
                    }
                    break;
                }
                // Only a signature's brackets may stand between.
                if !doc.is(line.start, w::OPEN) {
                    break;
                }
                above = line.start;
            }
        }
    }
}

/// Branches of the state of which nobody holds two posts at a time: the head of a people's committee, of a department, of a ministry, a judge, a
/// procurator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    Committee,
    Department,
    Ministry,
    Court,
    Procuracy,
}

fn branch_of(doc: &Doc, title: &TitleReading) -> Option<Branch> {
    let body = title.organization.as_ref()?;
    let head = crate::token::fold(&doc.plain(&body.head));
    let leads = |words: &[&str]| words.iter().any(|word| title.role.ends_with(word));
    let begins = |words: &[&str]| words.iter().any(|word| head == *word || head.starts_with(&format!("{word} ")));
    if title.former {
        None
    } else if leads(&["Chủ tịch", "Chủ tịch Thường trực"]) && begins(&["ubnd", "ủy ban nhân dân"]) {
        Some(Branch::Committee)
    } else if leads(&["Giám đốc"]) && begins(&["sở", "công an"]) || leads(&["Trưởng Công an", "Trưởng phòng"]) {
        Some(Branch::Department)
    } else if leads(&["Bộ trưởng", "Thứ trưởng"]) {
        Some(Branch::Ministry)
    } else if leads(&["Chánh án", "Thẩm phán"]) {
        Some(Branch::Court)
    } else if leads(&["Viện trưởng", "Kiểm sát viên"]) && body.kind == crate::bulletin::OrganizationKind::Procuracy {
        Some(Branch::Procuracy)
    } else {
        None
    }
}

// ---------------------------------------------------------------- documents

/// Adds date and issuer to the references: *Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Bộ Chính trị*.
pub(crate) fn complete_documents(doc: &Doc, found: &mut Found) {
    let mut documents = std::mem::take(&mut found.documents);
    for document in &mut documents {
        let mut end = document.tokens.end;
        loop {
            let at = if doc.is(end, w::COMMA) { end + 1 } else { end };
            if document.date.is_none()
                && let Some(date) = reading_at(&found.dates, at)
                && let Value::Point(point) = &date.value
            {
                let year_of_law = date::is_plain_year(date) && at == end;
                let issued = point.day.is_some() && doc.is(at, w::ngày);
                if (year_of_law || issued) && date.tokens.end > end {
                    if point.is_full_day() {
                        document.date = Some(point.value());
                        document.date_at = Some(at);
                    }
                    end = date.tokens.end;
                    continue;
                }
            }
            // "ký ngày", "ban hành ngày"
            if document.date.is_none() && (doc.is(at, w::ký) || doc.are(at, &[w::ban, w::hành])) {
                let next = if doc.is(at, w::ký) { at + 1 } else { at + 2 };
                if let Some(date) = reading_at(&found.dates, next).filter(|_| doc.is(next, w::ngày))
                    && let Value::Point(point) = &date.value
                    && point.is_full_day()
                {
                    document.date = Some(point.value());
                    document.date_at = Some(next);
                    end = date.tokens.end;
                    continue;
                }
            }
            if document.issuer.is_none()
                && doc.is(at, w::của)
                && let Some(issuer) = issuer(doc, at + 1, found)
            {
                end = issuer.end;
                document.issuer = Some(issuer);
                continue;
            }
            break;
        }
        document.tokens.end = end;
        if document.title.is_none() {
            document.title = quoted_title(doc, end);
        }
    }
    found.documents = documents;
}

/// *“Về đẩy mạnh học tập …”* right behind a reference: what the quotation marks enclose.
fn quoted_title(doc: &Doc, at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 60;
    let about = doc.is(at + 1, w::về) || matches!(doc.raw(at + 1), "V" | "v");
    if !doc.opens_quote(at) || !about {
        return None;
    }
    let close = (at + 2..at + LONGEST).take_while(|&n| !doc.at_line_start(n)).find(|&n| matches!(doc.raw(n), "”" | "\"" | "»"))?;
    Some(at + 1..close)
}

/// The body or office from token `at`: *Bộ Chính trị*, *Thủ tướng Chính phủ*, *Chủ tịch UBND tỉnh*, *Bộ Y tế, Bộ GD&ĐT*.
fn issuer(doc: &Doc, at: usize, found: &Found) -> Option<Range<usize>> {
    if let Some(title) = reading_at(&found.titles, at).filter(|t| t.organization.is_some() || doc.title(at) == w::thủ) {
        return Some(title.tokens.clone());
    }
    let body = |start: usize| reading_at(&found.organizations, start);
    let mut end = match body(at) {
        Some(body) => body.tokens.end,
        None => organization::read(doc, at, organization::Context::default()).filter(|b| b.definite)?.tokens.end,
    };
    // Joint circulars have several.
    while doc.is_any(end, &[w::COMMA, w::HYPHEN]) {
        match body(end + 1)
            .filter(|b| b.kind == crate::bulletin::OrganizationKind::Government && doc.is(at, w::bộ) && doc.is(b.tokens.start, w::bộ))
        {
            Some(next) => end = next.tokens.end,
            None => break,
        }
    }
    Some(at..end)
}

// ---------------------------------------------------------------- days

/// What is known of when the bulletin was published.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Anchor {
    pub(crate) day: Option<civil::Date>,
    /// Known where the day is not: from *6 tháng đầu năm 2017*, say.
    pub(crate) year: Option<i16>,
    /// From what the day or the year is known.
    pub(crate) from: Option<InferredFrom>,
    /// The index of the date of the text that tells the day or the year.
    pub(crate) told_by: Option<usize>,
}

/// The day of the bulletin: `given`, else its publication line or dateline, else the first full date that is its own; else the year alone, where a
/// half or a quarter tells it. A date is the bulletin's own where no later year is spoken of and it is no birthday, anniversary, deadline or
/// document's date.
pub(crate) fn anchor_of(doc: &Doc, found: &Found, given: Option<civil::Date>, publication: Option<usize>) -> Anchor {
    let dates = &found.dates;
    let full = |d: &DateReading| match &d.value {
        Value::Point(p) if p.is_full_day() => civil::Date::new(p.year?, p.month?, p.day?).ok(),
        _ => None,
    };
    let before = |d: &DateReading, n: usize| d.tokens.start.checked_sub(n).map_or("", |at| doc.raw(at));
    let ahead = |d: &DateReading| {
        d.ahead
            || doc.is_any(d.tokens.start, &[w::từ, w::trước, w::hết])
            || matches!(before(d, 1), "từ" | "đến" | "trước" | "hạn" | "nhìn" | "tới")
    };
    // Bulletins in Unicode are younger; an older day is what they tell of: "từ ngày 14.6.1957".
    const FIRST: i16 = 1996;
    let own = |d: &&DateReading| {
        let old = matches!(&d.value, Value::Point(p) if p.year.is_some_and(|year| year < FIRST));
        let born = matches!(before(d, 1), "sinh" | "Sinh" | "SN" | "mất" | "niệm") || matches!(before(d, 2), "sinh" | "niệm");
        let of_document = found
            .documents
            .partition_point(|r| r.tokens.start <= d.tokens.start)
            .checked_sub(1)
            .and_then(|n| found.documents.get(n))
            .is_some_and(|r| d.tokens.end <= r.tokens.end);
        !old && !born && !of_document && !ahead(d)
    };
    // A line of little but a date near the top or the end.
    let publication = publication.or_else(|| {
        dates.iter().position(|d| {
            let line = doc.line(d.tokens.start);
            // A short sentence tells what happened on the day.
            let sentence = doc.is(line.end.saturating_sub(1), w::DOT) && line.len() > d.tokens.len() + 4;
            own(&d)
                && !sentence
                && full(d).is_some()
                && (line.start < 120 || doc.len().saturating_sub(line.end) < 60)
                && line.len() <= d.tokens.len() + 12
                && line.filter(|&at| doc.is_word(at) && !d.tokens.contains(&at)).count() <= 6
        })
    });
    if given.is_some() {
        return Anchor { day: given, year: None, from: Some(InferredFrom::ReferenceDate), told_by: None };
    }
    if let Some(day) = publication.and_then(|n| dates.get(n)).and_then(&full) {
        return Anchor { day: Some(day), year: None, from: Some(InferredFrom::PublicationLine), told_by: publication };
    }
    // The latest year that is no plan: what the bulletin was written in.
    let latest = dates.iter().filter(|d| !ahead(d)).filter_map(|d| if let Value::Point(p) = &d.value { p.year } else { None }).max();
    let current = |d: &DateReading| matches!(&d.value, Value::Point(p) if p.year == latest);
    let mut its_own = dates.iter().enumerate().filter(|(_, d)| own(d)).filter(|(_, d)| current(d));
    if let Some((at, day)) = its_own.find_map(|(n, d)| full(d).map(|day| (n, day))) {
        return Anchor { day: Some(day), year: None, from: Some(InferredFrom::FirstFullDate), told_by: Some(at) };
    }
    let part = dates
        .iter()
        .enumerate()
        .filter(|(_, d)| own(d))
        .find(|(_, d)| current(d) && matches!(&d.value, Value::Point(p) if p.part != date::Part::None && p.part != date::Part::Decade));
    let year = part.and(latest);
    Anchor { day: None, year, from: year.map(|_| InferredFrom::Period), told_by: part.map(|(n, _)| n) }
}

/// Value, resolved value, days covered, and from what the value was resolved where it lacks something.
type Resolved = (String, Option<String>, Option<(civil::Date, civil::Date)>, Option<InferredFrom>);

/// The dates with their day context: the bulletin's day, the day last named before (for *cùng ngày*), and the day of the event that clock times
/// without a day are on.
pub(crate) struct DayContext {
    anchor: Option<civil::Date>,
    year: Option<i16>,
    from: Option<InferredFrom>,
    last_day: Option<civil::Date>,
    event: Option<civil::Date>,
    /// The index of the next date, and of those that told `last_day` and `event`.
    nth: usize,
    last_at: Option<usize>,
    event_at: Option<usize>,
}

impl DayContext {
    pub(crate) fn new(anchor: &Anchor) -> Self {
        DayContext {
            anchor: anchor.day,
            year: anchor.year,
            from: anchor.from,
            last_day: None,
            event: None,
            nth: 0,
            last_at: None,
            event_at: None,
        }
    }

    /// The index of the earlier date whose day `date`, the next one, is resolved with: for *cùng ngày* and for a clock time alone.
    pub(crate) fn told_by(&self, date: &DateReading) -> Option<usize> {
        match &date.value {
            Value::Relative { grain: date::Grain::SameDay, .. } if self.event.is_some() => self.event_at,
            Value::Relative { grain: date::Grain::SameDay, .. } => self.same_day().and(self.last_at),
            Value::Point(point) if point.time.is_some() && point.day.is_none() && point.month.is_none() => self.event_at,
            _ => None,
        }
    }

    /// Value, resolved value, and days covered of the next date of the text, and from what the value was resolved where it lacks something.
    pub(crate) fn next(&mut self, date: &DateReading) -> Resolved {
        let value = date.value(self.anchor, self.same_day());
        let resolved = match self.year {
            Some(year) => date.in_year(year).resolve(None, None, None),
            None => date.resolve(self.anchor, self.same_day(), self.event),
        };
        let clock_alone = matches!(&date.value, Value::Point(p) if p.day.is_none() && p.time.is_some());
        if let Some((_, Some((first, last)))) = &resolved
            && first == last
            && !clock_alone
            && !matches!(date.value, Value::Interval(..))
        {
            self.last_day = Some(*first);
            self.last_at = Some(self.nth);
            // What a notice invites to: a day with a clock time or a weekday, from the bulletin's day on.
            if self.anchor.is_some_and(|day| *first >= day) && matches!(&date.value, Value::Point(p) if p.time.is_some()) {
                self.event = Some(*first);
                self.event_at = Some(self.nth);
            }
        }
        self.nth += 1;
        match resolved {
            Some((text, days)) => {
                let written = date.resolve(None, None, None).is_some();
                (value, Some(text), days, self.from.filter(|_| !written))
            }
            None => (value, None, None, None),
        }
    }

    /// *cùng ngày*: the day of the event if one is spoken of, else the bulletin's own.
    fn same_day(&self) -> Option<civil::Date> {
        let near = |day: civil::Date| self.anchor.is_none_or(|anchor| anchor.since(day).is_ok_and(|span| span.get_days().abs() <= 15));
        self.event.or(self.last_day.filter(|&d| near(d)))
    }
}

// ---------------------------------------------------------------- short names

/// Finds the fullest name of a person who is mentioned by a short one.
pub(crate) struct Names<'t> {
    /// The words of each name as [`Doc::id`] numbers them.
    names: Vec<Vec<u32>>,
    /// The mentions whose name ends in a syllable.
    by_last: FxHashMap<u32, Vec<usize>>,
    /// The mentions of foreign names of several words, by the first.
    by_first: FxHashMap<u32, Vec<usize>>,
    /// What the words of address tell.
    genders: Vec<Option<Gender>>,
    /// The roles that each mention is given.
    roles: Vec<Vec<&'t str>>,
}

/// How many mentions of one given name are looked at; in a longer text the fuller name stands among them.
const MENTIONS: usize = 200;

impl<'t> Names<'t> {
    pub(crate) fn new(doc: &Doc<'t>, found: &'t Found, given: &[Vec<usize>]) -> Self {
        let persons = &found.persons;
        let names: Vec<Vec<u32>> = persons.iter().map(|p| doc.ids(p.tokens.clone())).collect();
        let mut by_last: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut by_first: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (n, (name, person)) in names.iter().zip(persons).enumerate() {
            if let Some(last) = name.last() {
                by_last.entry(*last).or_default().push(n);
            }
            if let Some(first) = name.first().filter(|_| name.len() >= 2 && looks_foreign(doc, &person.tokens)) {
                by_first.entry(*first).or_default().push(n);
            }
        }
        let genders = persons.iter().map(|person| gender(doc, person)).collect();
        let role = |&title: &usize| found.titles.get(title).map(|title| title.role.as_str());
        let roles = given.iter().map(|titles| titles.iter().filter_map(role).collect()).collect();
        Names { names, by_last, by_first, genders, roles }
    }

    /// Whether the words of address don't speak against one person.
    fn fit(&self, n: usize, m: usize) -> bool {
        let gender = |n: usize| self.genders.get(n).copied().flatten();
        gender(n).zip(gender(m)).is_none_or(|(a, b)| a == b)
    }

    fn share_role(&self, n: usize, m: usize) -> bool {
        let roles = |n: usize| self.roles.get(n).map_or(&[][..], Vec::as_slice);
        roles(n).iter().any(|role| roles(m).contains(role))
    }

    /// The index of the mention with the fullest name of the person of mention `n`: the nearest before, else the first behind.
    pub(crate) fn fullest(&self, n: usize) -> usize {
        let Some(own) = self.names.get(n).filter(|own| own.len() <= 2) else { return n };
        // "ông Takahashi" → "Takahashi Kenji"
        if let [first] = own.as_slice()
            && let Some(full) = self.by_first.get(first)
        {
            let here = full.partition_point(|&m| m < n);
            return full.get(..here).and_then(<[usize]>::last).or_else(|| full.first()).copied().unwrap_or(n);
        }
        let Some(same) = own.last().and_then(|last| self.by_last.get(last)) else { return n };
        let fuller =
            |m: &&usize| self.names.get(**m).is_some_and(|other| other.len() > own.len() && other.ends_with(own)) && self.fit(n, **m);
        let here = same.partition_point(|&m| m < n);
        let earlier = || same.get(..here).unwrap_or_default().iter().rev().take(MENTIONS).filter(fuller);
        let later = || same.get(here..).unwrap_or_default().iter().take(MENTIONS).filter(fuller);
        // "Tổng thống Kovačnik" is the one who is called so, not his wife who was named last.
        let found = earlier().chain(later()).find(|&&m| self.share_role(n, m)).or_else(|| earlier().next()).or_else(|| later().next());
        // "ông Bình" → "Văn Bình" → "Trần Văn Bình": each step is longer.
        found.map_or(n, |&m| self.fullest(m))
    }
}
