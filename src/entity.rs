//! From mentions to entities: which mentions are one person or one body, under their full names.
//!
//! **Persons.** A repeated full name, and a short one (*ông Chất*) that ends a fuller name of the text, are one person, unless what is said of the
//! two can't be one person's: *ông* and *bà*, or the same office in two places. A post alone (*đồng chí Bí thư Quận ủy*) refers to its holder.
//!
//! **Bodies.** Acronyms are written out. A body that ends in a bare level (*HĐND quận*, *Quận ủy*) takes the place of that level which the text
//! names with it most (*Quận ủy Long Biên*, *quận Long Biên*); where two are named about as often, the one that its own sentence names, or none. A short
//! name in brackets behind the full one, and a name that begins exactly one longer name of the text (*Đảng ủy khối*), are that body.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::bulletin::{AdministrativeLevel, Entity, InferredName, OrganizationKind, Post, Reference, TitleKind};
use crate::distinct::is_distinct;
use crate::doc::Doc;
use crate::key::key;
use crate::kind::organization::OrganizationReading;
use crate::kind::person::{Gender, gender, name_score};
use crate::kind::place::past_dot;
use crate::kind::title::TitleReading;
use crate::kind::{Found, index_at, reading_at};
use crate::lexicon::Table;
use crate::link;
use crate::token::fold;
use crate::words as w;

/// The entities of a bulletin, and the entity of each mention.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    /// For each person's mention the index in `list`.
    pub(crate) persons: Vec<usize>,
    /// For each body's mention.
    pub(crate) organizations: Vec<usize>,
    /// Posts that stand for their holders.
    pub(crate) references: Vec<Reference>,
    /// For each body's mention from what its full name is known, where it does not write it.
    pub(crate) sources: Vec<Option<Source>>,
}

/// From what the full name of a body is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// The body behind it in a list, whose level and place it shares: its tokens.
    Shared(Range<usize>),
    /// The place of its level that its own sentence names.
    Sentence(Range<usize>),
    /// The place of this level that the text is about.
    Subject(usize),
    /// The full name right before it, behind which it stands in brackets.
    Bracket(Range<usize>),
    /// A longer name that begins with it.
    LongerName,
}

/// What the search for entities tells on its way.
#[derive(Debug)]
pub(crate) enum Aside<'n> {
    /// Two people of one name, by their index in the list.
    Apart { entity: usize, other: usize, why: &'static str },
    /// Another longer name than `taken`, which was named too seldom.
    OtherName { taken: &'n str, other: &'n str },
}

/// Finds the entities. `given` are the titles of each person, `expanded` writes out the acronyms of a body's name.
pub(crate) fn find(doc: &Doc, found: &Found, given: &[Vec<usize>], expanded: impl Fn(&OrganizationReading) -> Option<String>) -> Entities {
    tell(doc, found, given, expanded, &mut |_| {})
}

/// The same; `aside` hears of what was not taken.
pub(crate) fn tell(
    doc: &Doc,
    found: &Found,
    given: &[Vec<usize>],
    expanded: impl Fn(&OrganizationReading) -> Option<String>,
    aside: &mut impl FnMut(Aside),
) -> Entities {
    let mut entities = Entities::default();
    let places = SubjectPlaces::new(doc, found);
    let full = |body: &OrganizationReading, complement: Option<&Complement>| {
        let name = expanded(body).unwrap_or_else(|| mended(doc, &body.tokens));
        let name = capitalized(without_brackets(name));
        match complement {
            Some(Complement { name: place, source }) => {
                Named { name: format!("{name} {place}"), inferred: Some(InferredName::Place), source: Some(source.clone()) }
            }
            None => places.complete(doc, &body.tokens, name),
        }
    };
    let names = Names::of(doc, &found.organizations, &places, &full, aside);
    bodies(doc, found, &names, &full, &mut entities);
    let posts = Posts { doc, found, given, full: &|body: &OrganizationReading| full(body, None).name };
    people(&posts, &mut entities, aside);
    entities.references = posts.references(&entities);
    entities
}

/// The entities of the bodies.
fn bodies(
    doc: &Doc,
    found: &Found,
    names: &Names,
    full: &impl Fn(&OrganizationReading, Option<&Complement>) -> Named,
    entities: &mut Entities,
) {
    let mut index: FxHashMap<&str, usize> = FxHashMap::default();
    for (body, name) in found.organizations.iter().zip(names.of_mentions()) {
        let at = *index.entry(&name.key).or_insert_with(|| {
            let inner =
                |tokens: &Range<usize>| OrganizationReading { tokens: tokens.clone(), parent: None, stands_for: None, ..body.clone() };
            let parent = body.parent.as_ref().map(|tokens| full(&inner(tokens), None).name);
            entities.list.push(Entity::Organization {
                name: name.full.clone(),
                inferred: name.inferred,
                branch: body.kind,
                level: level_of(&name.key, body.kind),
                aliases: Vec::new(),
                parent,
                distinct: name.distinct,
                mentions: 0,
            });
            entities.list.len() - 1
        });
        entities.organizations.push(at);
        entities.sources.push(name.source.clone());
        if let Some(Entity::Organization { name: best, aliases, mentions, inferred, branch, .. }) = entities.list.get_mut(at) {
            *mentions += 1;
            // Written in full somewhere, the name is not inferred.
            *inferred = inferred.and(name.inferred);
            if matches!(branch, OrganizationKind::Other) {
                *branch = body.kind;
            }
            let written = doc.plain(&body.tokens);
            // A name in capitals gives way to the same name in small letters.
            if is_shouted(best) && !is_shouted(&name.full) {
                best.clone_from(&name.full);
            }
            if written != *best && !aliases.contains(&written) {
                aliases.push(written);
            }
        }
    }
}

/// The entities of the persons.
fn people(posts: &Posts, entities: &mut Entities, aside: &mut impl FnMut(Aside)) {
    const NAMESAKES: usize = 200; // a list that has more of one name tells nobody apart
    let (doc, persons) = (posts.doc, &posts.found.persons);
    let short_names = link::Names::new(doc, posts.found, posts.given);
    let fullest: Vec<usize> = (0..persons.len()).map(|n| short_names.fullest(n)).collect();
    // The people of each full name.
    let mut known: FxHashMap<Vec<u32>, Vec<Individual>> = FxHashMap::default();
    let mut entity_of: Vec<Option<usize>> = vec![None; persons.len()];
    for (n, person) in persons.iter().enumerate().filter(|(n, _)| fullest.get(*n) == Some(n)) {
        let same_name = known.entry(doc.ids(person.tokens.clone())).or_default();
        let own = Individual { gender: gender(doc, person), offices: posts.offices(n, entities), entity: entities.list.len() };
        let mut apart = Vec::new();
        let mut fits = |other: &Individual| match other.conflict(&own) {
            Some(why) => {
                apart.push((other.entity, why));
                false
            }
            None => true,
        };
        let at = match same_name.iter_mut().rev().take(NAMESAKES).find(|other| fits(other)) {
            Some(other) => {
                other.gender = other.gender.or(own.gender);
                let new: Vec<_> = own.offices.into_iter().filter(|office| !other.offices.contains(office)).collect();
                other.offices.extend(new);
                other.entity
            }
            None => {
                entities.list.push(Entity::Person { name: doc.plain(&person.tokens), mentions: 0, posts: Vec::new() });
                let at = own.entity;
                same_name.push(own);
                at
            }
        };
        for (other, why) in apart {
            aside(Aside::Apart { entity: at, other, why });
        }
        if let Some(slot) = entity_of.get_mut(n) {
            *slot = Some(at);
        }
    }
    let mut held: FxHashMap<usize, Held> = FxHashMap::default();
    for (n, full) in fullest.iter().enumerate() {
        let Some(at) = entity_of.get(*full).copied().flatten() else { continue };
        entities.persons.push(at);
        let said: Vec<Post> = posts.of_person(n, entities);
        if let Some(Entity::Person { mentions, .. }) = entities.list.get_mut(at) {
            *mentions += 1;
        }
        let held = held.entry(at).or_default();
        for post in said {
            held.add(post);
        }
    }
    for (at, entity) in entities.list.iter_mut().enumerate() {
        if let (Entity::Person { posts, .. }, Some(held)) = (entity, held.remove(&at)) {
            *posts = held.posts;
        }
    }
}

/// The posts of one person, each once.
#[derive(Default)]
struct Held {
    posts: Vec<Post>,
    /// The index of the post of a role and body.
    of_body: FxHashMap<(String, Option<String>), usize>,
    /// The roles, and whether one of them is over.
    roles: FxHashMap<String, bool>,
}

impl Held {
    /// Adds a post to those that are known. A post without its body is the one with it; what is over anywhere is over.
    fn add(&mut self, post: Post) {
        let own = (post.role.clone(), post.organization.as_deref().map(key));
        let bodiless = (post.role.clone(), None);
        if let Some(other) = self.of_body.get(&own).and_then(|&n| self.posts.get_mut(n)) {
            other.former |= post.former;
        } else if own == bodiless && self.roles.get(&post.role).is_some_and(|&over| over || !post.former) {
            // "Chủ tịch" beside "Chủ tịch UBND xã"
            return;
        } else if let Some(&n) = self.of_body.get(&bodiless)
            && let Some(slot) = self.posts.get_mut(n).filter(|other| post.former || !other.former)
        {
            *slot = post.clone();
            self.of_body.remove(&bodiless);
            self.of_body.insert(own, n);
        } else {
            self.of_body.insert(own, self.posts.len());
            self.posts.push(post.clone());
        }
        *self.roles.entry(post.role).or_default() |= post.former;
    }
}

/// One of the people of a name.
struct Individual {
    gender: Option<Gender>,
    /// The offices of which nobody holds two: the role, and what the body's name ends in. Names that end alike may be of one body: *Công an Ba Tơ*,
    /// *Công an huyện Ba Tơ*.
    offices: Vec<(String, String)>,
    entity: usize,
}

impl Individual {
    /// Why the two can't be one person.
    fn conflict(&self, other: &Individual) -> Option<&'static str> {
        let gender = self.gender.zip(other.gender).is_some_and(|(a, b)| a != b);
        let shared = self.offices.iter().any(|office| other.offices.contains(office));
        let office = || self.offices.iter().any(|(role, body)| other.offices.iter().any(|(same, another)| role == same && body != another));
        if gender {
            Some("one is addressed as a man, the other as a woman")
        } else {
            (!shared && office()).then_some("they hold one office in two bodies")
        }
    }
}

/// The titles of the text as posts.
struct Posts<'d, 't> {
    doc: &'d Doc<'t>,
    found: &'d Found,
    given: &'d [Vec<usize>],
    full: &'d dyn Fn(&OrganizationReading) -> String,
}

impl Posts<'_, '_> {
    fn titles(&self, person: usize) -> impl Iterator<Item = &TitleReading> {
        self.given.get(person).into_iter().flatten().filter_map(|&t| self.found.titles.get(t))
    }

    /// The entity of a title's body, where the body is a mention.
    fn body(&self, title: &TitleReading, entities: &Entities) -> Option<usize> {
        let mention = index_at(&self.found.organizations, title.organization.as_ref()?.tokens.start)?;
        entities.organizations.get(mention).copied()
    }

    fn post(&self, title: &TitleReading, entities: &Entities) -> Post {
        let entity = self.body(title, entities);
        let organization = match entity.and_then(|n| entities.list.get(n)) {
            Some(Entity::Organization { name, .. }) => Some(name.clone()),
            _ => title.organization.as_ref().map(|body| (self.full)(body)),
        };
        Post { role: title.role.clone(), kind: title.kind, organization, organization_entity: entity, former: title.former }
    }

    fn of_person(&self, person: usize, entities: &Entities) -> Vec<Post> {
        self.titles(person).map(|title| self.post(title, entities)).collect()
    }

    /// The offices of mention `person` that nobody holds in two places; none where somebody is being moved from one to the other.
    fn offices(&self, person: usize, entities: &Entities) -> Vec<(String, String)> {
        let Some(mention) = self.found.persons.get(person) else { return Vec::new() };
        let doc = self.doc;
        let exclusive = |title: &&TitleReading| {
            let of_head = |is: fn(&Doc, &Range<usize>) -> bool| title.organization.as_ref().is_some_and(|body| is(doc, &body.head));
            !title.former
                && match title.role.as_str() {
                    "Chủ tịch" | "Phó Chủ tịch" => of_head(is_peoples_committee),
                    "Bí thư" | "Phó Bí thư" => of_head(is_party_committee),
                    "Hiệu trưởng" | "Chánh án" | "Viện trưởng" | "Trưởng thôn" | "Trưởng Công an" => true,
                    _ => false,
                }
        };
        let office = |title: &TitleReading| match entities.list.get(self.body(title, entities)?) {
            Some(Entity::Organization { name, .. }) if ends_in_name(name) => Some((title.role.clone(), ending(name))),
            _ => None,
        };
        let offices: Vec<_> = self.titles(person).filter(exclusive).filter_map(office).collect();
        let moved = || {
            let line = doc.line(mention.tokens.start);
            let mut near = line.start.max(mention.tokens.start.saturating_sub(60))..line.end.min(mention.tokens.end + 60);
            near.any(|at| {
                matches!(
                    (doc.sym(at), doc.sym(at + 1)),
                    (w::điều, w::động)
                        | (w::bổ, w::nhiệm)
                        | (w::luân | w::thuyên, w::chuyển)
                        | (w::phân, w::công)
                        | (w::giữ, w::chức)
                        | (w::chuẩn, w::y)
                        | (w::chỉ, w::định)
                )
            })
        };
        if offices.is_empty() || moved() { Vec::new() } else { offices }
    }

    /// *đồng chí Bí thư Quận ủy*, *Chủ tịch UBND huyện yêu cầu*: titles of nobody who is named there, of which the text names one holder.
    fn references(&self, entities: &Entities) -> Vec<Reference> {
        let mut used = vec![false; self.found.titles.len()];
        for &title in self.given.iter().flatten() {
            if let Some(slot) = used.get_mut(title) {
                *slot = true;
            }
        }
        let mut holders: FxHashMap<(String, Option<usize>), Vec<usize>> = FxHashMap::default();
        for (at, entity) in entities.list.iter().enumerate() {
            let Entity::Person { posts, .. } = entity else { continue };
            for post in posts.iter().filter(|post| !post.former && post.kind == TitleKind::Post) {
                // Under the body, and under the role alone.
                for body in [post.organization_entity, None] {
                    let of_post = holders.entry((post.role.clone(), body)).or_default();
                    if of_post.last() != Some(&at) {
                        of_post.push(at);
                    }
                }
            }
        }
        let alone = self.found.titles.iter().zip(&used).filter(|(title, used)| !**used && self.stands_alone(title));
        let reference = |title: &TitleReading| {
            let body = self.body(title, entities);
            // Without its body a post says whose it is only where somebody is addressed by it.
            if body.is_none() && (title.organization.is_some() || !self.is_addressed(title)) {
                return None;
            }
            let [entity] = holders.get(&(title.role.clone(), body))?.as_slice() else { return None };
            let lead = self.doc.find_before(Table::Honorifics, title.tokens.start).map_or(title.tokens.start, |hit| hit.end);
            let tokens = lead.min(title.tokens.start)..title.tokens.end;
            Some(Reference::Person { entity: *entity, span: self.doc.span(&tokens), text: self.doc.slice(&tokens).to_owned() })
        };
        alone.filter_map(|(title, _)| reference(title)).collect()
    }

    fn is_addressed(&self, title: &TitleReading) -> bool {
        self.doc.find_before(Table::Honorifics, title.tokens.start).is_some()
    }

    /// Whether a title speaks of its holder rather than of the office, of several people, or of somebody whose name follows.
    fn stands_alone(&self, title: &TitleReading) -> bool {
        let doc = self.doc;
        let (start, end) = (title.tokens.start, title.tokens.end);
        let lead = doc.find_before(Table::Honorifics, start).map_or(start, |hit| hit.start);
        let before = |n: usize| lead.checked_sub(n).map_or("", |at| doc.raw(at));
        let office = matches!(
            before(1),
            "chức"
                | "danh"
                | "vụ"
                | "làm"
                | "bầu"
                | "các"
                | "những"
                | "nguyên"
                | "cựu"
                | "tân"
                | "hai"
                | "ba"
                | "vị"
                | "cấp"
                | "là"
                | "một"
        );
        let several = matches!(doc.small(start), w::các) || before(2) == "các";
        let named = doc.is_cap(end) && doc.same_sentence(start, end)
            || doc.is_any(end, &[w::COLON, w::HYPHEN])
            || reading_at(&self.found.persons, end + 1).is_some();
        // "Cách đây 4 năm, Chủ tịch Mặt trận …", "Chủ tịch Mặt trận khi đó là bà A": the holder of those days.
        let sentence = doc.sentence(start);
        let long_ago =
            (sentence.start.max(start.saturating_sub(60))..start).any(|at| matches!((doc.sym(at), doc.small(at + 1)), (w::cách, w::đây)));
        let then = matches!((doc.small(end), doc.small(end + 1)), (w::khi | w::lúc | w::thời, w::đó | w::ấy | w::bấy));
        title.kind == TitleKind::Post && !title.former && !title.weak && !office && !several && !named && !long_ago && !then
    }
}

/// *UBND*, *Ủy ban nhân dân*
fn is_peoples_committee(doc: &Doc, head: &Range<usize>) -> bool {
    doc.folded(head.start).starts_with("ubnd") || doc.are(head.start, &[w::ủy, w::ban, w::nhân, w::dân])
}

/// *Tỉnh ủy*, *Đảng ủy*
fn is_party_committee(doc: &Doc, head: &Range<usize>) -> bool {
    let level = matches!(doc.sym(head.start), w::tỉnh | w::thành | w::huyện | w::quận | w::thị | w::đảng);
    level && head.len() == 2 && doc.is(head.start + 1, w::ủy)
}

/// Whether a body's full name ends in a name of its own (*UBND xã Tân An*) rather than in a bare level.
fn ends_in_name(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| last.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

/// The last two words of a body's name.
fn ending(name: &str) -> String {
    let key = key(name);
    let words: Vec<&str> = key.split_ascii_whitespace().collect();
    words.get(words.len().saturating_sub(2)..).unwrap_or_default().join(" ")
}

/// The full name of a body, and what it was inferred from where the text does not write it so.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    inferred: Option<InferredName>,
    source: Option<Source>,
}

/// The place that completes a body's name, and from what it is known.
#[derive(Debug, Clone)]
struct Complement {
    name: String,
    source: Source,
}

/// The full name of a body, and what its spellings share.
#[derive(Debug, Clone)]
struct Name {
    full: String,
    key: String,
    inferred: Option<InferredName>,
    source: Option<Source>,
    /// Known as it is: *Quốc hội* is no short form of *Quốc hội Lào*.
    complete: bool,
    /// As in [`Entity::Organization`].
    distinct: bool,
}

/// The names of the bodies of a text.
#[derive(Debug, Default)]
struct Names {
    different: Vec<Name>,
    /// For each mention the index of its name.
    mentions: Vec<usize>,
}

impl Names {
    /// Each way of writing is looked at once for each complement that its surroundings give it.
    fn of(
        doc: &Doc,
        bodies: &[OrganizationReading],
        places: &SubjectPlaces,
        full: &impl Fn(&OrganizationReading, Option<&Complement>) -> Named,
        aside: &mut impl FnMut(Aside),
    ) -> Self {
        let mut names = Names::default();
        let mut written: FxHashMap<(&str, Option<String>), usize> = FxHashMap::default();
        for (n, body) in bodies.iter().enumerate() {
            let next = bodies.get(n + 1).filter(|next| next.tokens.start == body.tokens.end + 1);
            let shared = next.and_then(|next| {
                shared_complement(doc, body, next, places).map(|name| Complement { name, source: Source::Shared(next.tokens.clone()) })
            });
            let complement = shared.or_else(|| places.of_sentence(doc, &body.tokens));
            let place = complement.as_ref().map(|complement| complement.name.clone());
            let at = *written.entry((doc.slice(&body.tokens), place)).or_insert_with(|| {
                let complete = doc.find(Table::KnownBodies, body.tokens.start).is_some_and(|known| known.end >= body.tokens.end);
                let Named { name, inferred, source } = full(body, complement.as_ref());
                let key = key(&name);
                let distinct = is_distinct(doc, body, &key, inferred == Some(InferredName::Place));
                names.different.push(Name { key, full: name, inferred, source, complete, distinct });
                names.different.len() - 1
            });
            names.mentions.push(at);
        }
        names.join_brackets(doc, bodies);
        names.join_prefixes(aside);
        names
    }

    fn of_mentions(&self) -> impl Iterator<Item = &Name> {
        self.mentions.iter().filter_map(|&n| self.different.get(n))
    }

    /// *Công ty Điện lực Nghệ An (PC Nghệ An)*: a short name in brackets right behind the full one, here and from there on.
    fn join_brackets(&mut self, doc: &Doc, bodies: &[OrganizationReading]) {
        let mut grown: Vec<(String, Name)> = Vec::new();
        for (n, pair) in bodies.windows(2).enumerate() {
            let [body, short] = pair else { continue };
            let (Some(&full), Some(&at)) = (self.mentions.get(n), self.mentions.get(n + 1)) else { continue };
            let bracketed =
                doc.is(body.tokens.end, w::OPEN) && short.tokens.start == body.tokens.end + 1 && doc.is(short.tokens.end, w::CLOSE);
            // A known acronym there is another body: "UBND tỉnh (Sở TN&MT)".
            let is_short = doc.is_acronym(short.tokens.start) && doc.find(Table::Acronyms, short.tokens.start).is_none();
            if bracketed
                && is_short
                && short.tokens.len() <= body.tokens.len()
                && let Some(name) = self.different.get(full).cloned()
                && let Some(slot) = self.different.get_mut(at)
            {
                let source = Some(Source::Bracket(body.tokens.clone()));
                let short = std::mem::replace(slot, name.clone());
                grown.push((short.key, Name { inferred: Some(InferredName::LongerName), source, ..name }));
            }
        }
        self.grow(&grown);
    }

    /// A name that begins one longer name is that body: *Đảng ủy khối* in a text about *Đảng ủy khối cơ quan quận Long Biên*; of several longer
    /// names the one that is named at least twice as often as any other. A body inside its name grows with it: *Ủy ban Kiểm tra Đảng ủy*.
    fn join_prefixes(&mut self, aside: &mut impl FnMut(Aside)) {
        let weights = self.weights();
        let mut sorted: Vec<&Name> = self.different.iter().collect();
        sorted.sort_by(|a, b| a.key.cmp(&b.key));
        sorted.dedup_by(|a, b| a.key == b.key);
        let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
        let mut longer = |name: &Name| -> Option<Name> {
            let start = sorted.partition_point(|other| other.key <= name.key);
            let following = sorted
                .iter()
                .skip(start)
                .take_while(|other| other.key.starts_with(&name.key))
                .filter(|other| begins(&other.key, &name.key) && is_complement(&name.key, &other.key));
            // Each end of a chain of ever longer names, with how often its names stand in the text.
            let mut ends: Vec<(&Name, usize)> = Vec::new();
            for &next in following {
                let weight = weights.get(&next.key).copied().unwrap_or(0);
                match ends.last_mut() {
                    Some((end, total)) if begins(&next.key, &end.key) => (*end, *total) = (next, *total + weight),
                    _ => ends.push((next, weight)),
                }
            }
            let (best, most) = ends.iter().max_by_key(|(_, total)| *total)?;
            let second = ends.iter().filter(|(end, _)| end.key != best.key).map(|(_, total)| *total).max().unwrap_or(0);
            if *most < 2 * second {
                return None;
            }
            for (other, _) in ends.iter().filter(|(end, _)| end.key != best.key) {
                aside(Aside::OtherName { taken: &best.full, other: &other.full });
            }
            let source = Some(Source::LongerName);
            Some(Name { inferred: Some(InferredName::LongerName), source, ..(*best).clone() })
        };
        let joined: Vec<Option<Name>> = self.different.iter().map(|name| if name.complete { None } else { longer(name) }).collect();
        let mut grown: Vec<(String, Name)> = Vec::new();
        for (name, longer) in self.different.iter_mut().zip(joined) {
            if let Some(longer) = longer {
                let short = std::mem::replace(name, longer);
                grown.push((short.key, name.clone()));
            }
        }
        self.grow(&grown);
    }

    /// How often the names of each key stand in the text; one that was completed with the place that the text is about weighs more.
    fn weights(&self) -> FxHashMap<String, usize> {
        let mut weights: FxHashMap<String, usize> = FxHashMap::default();
        for name in self.of_mentions() {
            *weights.entry(name.key.clone()).or_default() += if name.inferred == Some(InferredName::Place) { 2 } else { 1 };
        }
        weights
    }

    /// Writes the longer name for each short one that another body's name ends in.
    fn grow(&mut self, grown: &[(String, Name)]) {
        const MOST: usize = 20; // bodies with a longer name; more are lists
        for name in self.different.iter_mut().filter(|name| !name.complete) {
            let ends = |short: &str| name.key.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
            let Some((short, longer)) = grown.iter().take(MOST).find(|(short, _)| ends(short)) else { continue };
            let words = short.split(' ').count();
            let kept: Vec<&str> = name.full.split(' ').collect();
            let kept = kept.get(..kept.len().saturating_sub(words)).unwrap_or_default().join(" ");
            name.full = format!("{kept} {}", longer.full);
            name.key = key(&name.full);
            name.inferred = longer.inferred;
            name.source.clone_from(&longer.source);
        }
    }
}

/// Whether what `long` has more than `short` can be left out: of a bare head of two syllables (*Đảng ủy*) a level, a block or a unit, but no other
/// body (*Đảng ủy Quân sự Trung ương*).
fn is_complement(short: &str, long: &str) -> bool {
    if short.split(' ').count() > 2 {
        return true;
    }
    let rest = long.get(short.len()..).unwrap_or_default().trim_start();
    const UNITS: [&str; 18] = [
        "tỉnh",
        "thành phố",
        "quận",
        "huyện",
        "thị xã",
        "thị trấn",
        "phường",
        "xã",
        "đặc khu",
        "khối",
        "công ty",
        "tổng công ty",
        "tập đoàn",
        "trường",
        "đại học",
        "học viện",
        "bệnh viện",
        "ngành",
    ];
    UNITS.iter().any(|unit| rest.strip_prefix(unit).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// *HĐND, UBND xã Công Liêm*: the level and place that the next body in a list shares with a bare one before it.
fn shared_complement(doc: &Doc, body: &OrganizationReading, next: &OrganizationReading, places: &SubjectPlaces) -> Option<String> {
    let joined = doc.is_any(body.tokens.end, &[w::COMMA, w::HYPHEN, w::và]);
    let last = doc.sym(body.tokens.end.checked_sub(1)?);
    let bare = matches!(last, w::hđnd | w::ubnd | w::ubmttq | w::mttq | w::ttub) || last == w::dân && body.tokens.len() == 4;
    let party = last == w::ủy && doc.sym(body.tokens.end.checked_sub(2)?) == w::đảng;
    if !joined || !(bare || party) {
        return None;
    }
    let (at, (level, behind)) = next.tokens.clone().find_map(|at| level_word(doc, at).map(|found| (at, found)))?;
    let complement = doc.plain(&(at..next.tokens.end));
    if behind < next.tokens.end {
        return Some(complement);
    }
    places.subject(level).map(|place| format!("{complement} {place}"))
}

/// The tokens as written, key words with a typing error as they should be.
fn mended(doc: &Doc, tokens: &Range<usize>) -> String {
    if !tokens.clone().any(|at| doc.is_mended(at)) {
        return doc.plain(tokens);
    }
    let mut out = String::new();
    for at in tokens.clone() {
        if at > tokens.start && !doc.touches(at) {
            out.push(' ');
        }
        let raw = doc.plain(&(at..at + 1));
        let meant = doc.folded(at);
        if !doc.is_mended(at) {
            out.push_str(&raw);
        } else if raw.starts_with(char::is_uppercase) {
            out.push_str(&capitalized(meant.into_owned()));
        } else {
            out.push_str(&meant);
        }
    }
    out
}

/// The name without an acronym in brackets: *Hội đồng nhân dân (HĐND) huyện Hải Hậu*.
fn without_brackets(name: String) -> String {
    if !name.bytes().any(|byte| byte == b'(') {
        return name;
    }
    let Some((before, rest)) = name.split_once(" (") else { return name };
    let Some((inside, behind)) = rest.split_once(')') else { return name };
    let acronym = inside.split(' ').count() <= 3 && inside.split(' ').all(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 2);
    if acronym { format!("{before}{behind}") } else { name }
}

fn capitalized(name: String) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !first.is_uppercase() => first.to_uppercase().chain(letters).collect(),
        _ => name,
    }
}

fn is_shouted(name: &str) -> bool {
    !name.chars().any(char::is_lowercase) && name.split(' ').count() >= 3
}

/// Levels of administration: province, centrally-run or other city, urban and rural district, town, township, ward, commune, and four words for
/// villages.
const LEVELS: usize = 12;
const PROVINCE: usize = 0;
const CITY: usize = 1;
const URBAN: usize = 2;

/// The centrally-run cities: what a bare name stands for that is no province's.
const CITIES: [&str; 6] = ["cần thơ", "huế", "hà nội", "hải phòng", "hồ chí minh", "đà nẵng"];

/// The level that the word at token `at` names by itself or with the word behind it, and the token behind: *quận*, *thị xã*, *TP*, and the first
/// words of *Thành ủy*, *Thị đoàn*.
fn level_word(doc: &Doc, at: usize) -> Option<(usize, usize)> {
    let committee = || matches!(doc.sym(at + 1), w::ủy | w::đoàn);
    Some(match doc.sym(at) {
        w::tỉnh => (PROVINCE, at + 1),
        w::tp => (CITY, at + 1),
        w::thành if doc.is(at + 1, w::phố) => (CITY, at + 2),
        w::thành if committee() => (CITY, at + 1),
        w::quận => (URBAN, at + 1),
        w::huyện => (3, at + 1),
        w::thị if doc.is(at + 1, w::xã) => (4, at + 2),
        w::thị if doc.is(at + 1, w::trấn) => (5, at + 2),
        w::thị if committee() => (4, at + 1),
        w::phường => (6, at + 1),
        w::xã if at == 0 || !matches!(doc.sym(at - 1), w::thị | w::tác) => (7, at + 1),
        w::thôn if at == 0 || !doc.is(at - 1, w::nông) => (8, at + 1),
        w::buôn => (9, at + 1),
        w::ấp => (10, at + 1),
        w::làng => (11, at + 1),
        _ => return None,
    })
}

/// The administrative level of the body with this name.
fn level_of(key: &str, kind: OrganizationKind) -> Option<AdministrativeLevel> {
    let words: Vec<&str> = key.split_ascii_whitespace().collect();
    let has = |phrase: &[&str]| words.windows(phrase.len()).any(|window| window == phrase);
    let begins = |phrase: &[&str]| words.starts_with(phrase);
    if begins(&["chi", "bộ"]) || begins(&["đảng", "bộ", "bộ", "phận"]) || kind == OrganizationKind::Enterprise {
        return Some(AdministrativeLevel::Unit);
    }
    // The last level word is the body's own: "Đảng ủy xã Tân An, huyện Ba Tơ" hardly occurs.
    for (n, &word) in words.iter().enumerate().rev() {
        let next = words.get(n + 1).copied();
        let before = n.checked_sub(1).and_then(|n| words.get(n)).copied();
        let level = match (word, next) {
            ("phường", _) | ("thị", Some("trấn")) | ("đặc", Some("khu")) => Some(AdministrativeLevel::Commune),
            ("xã", _) if !matches!(before, Some("thị" | "tác")) && next != Some("hội") => Some(AdministrativeLevel::Commune),
            ("quận" | "huyện", _) | ("thị", Some("xã" | "ủy" | "đoàn")) => Some(AdministrativeLevel::District),
            ("tỉnh", _) => Some(AdministrativeLevel::Province),
            ("thành", Some("phố")) => {
                let name = words.get(n + 2..).unwrap_or_default().join(" ");
                let central = name.is_empty() || CITIES.iter().any(|city| name.starts_with(city));
                Some(if central { AdministrativeLevel::Province } else { AdministrativeLevel::District })
            }
            ("thành", Some("ủy" | "đoàn")) => Some(AdministrativeLevel::Province),
            _ => None,
        };
        if level.is_some() {
            return level;
        }
    }
    let central = begins(&["bộ"]) && !has(&["bộ", "đội"]) && !has(&["chỉ", "huy"])
        || has(&["trung", "ương"])
        || has(&["chính", "phủ"])
        || begins(&["quốc", "hội"])
        || begins(&["ủy", "ban", "thường", "vụ", "quốc", "hội"])
        || begins(&["ban", "bí", "thư"])
        || begins(&["tổng", "cục"])
        || words.ends_with(&["việt", "nam"])
        || words.ends_with(&["tối", "cao"]);
    if central {
        return Some(AdministrativeLevel::Central);
    }
    begins(&["sở"]).then_some(AdministrativeLevel::Province)
}

/// Every place that a place's or body's mention names with a level word: its level, its name, its tokens.
pub(crate) fn named_places(doc: &Doc, found: &Found) -> Vec<(usize, String, Range<usize>)> {
    let mentions = found.places.iter().map(|p| &p.tokens).chain(found.organizations.iter().map(|o| &o.tokens));
    mentions.flat_map(|tokens| named_in(doc, tokens)).collect()
}

/// For each level the places that the text names with it, and how often.
struct SubjectPlaces {
    counts: [FxHashMap<String, usize>; LEVELS],
    /// For each level the place that the text is about: the only one, or one named at least twice as often as any other.
    subjects: [Option<String>; LEVELS],
    /// The province and the centrally-run city that the first lines name without a level word, if they name one alone.
    lead: [Option<String>; 2],
}

impl SubjectPlaces {
    fn new(doc: &Doc, found: &Found) -> Self {
        let mut places = SubjectPlaces { counts: Default::default(), subjects: Default::default(), lead: Self::lead(doc) };
        for (level, name, _) in named_places(doc, found) {
            if let Some(known) = places.counts.get_mut(level) {
                *known.entry(name).or_default() += 1;
            }
        }
        for (counts, subject) in places.counts.iter().zip(&mut places.subjects) {
            let Some((name, most)) = counts.iter().max_by_key(|(_, count)| **count) else { continue };
            let second = counts.iter().filter(|(other, _)| *other != name).map(|(_, count)| *count).max().unwrap_or(0);
            *subject = (*most >= 2 * second).then(|| name.clone());
        }
        places
    }

    /// The provinces of headline, letterhead and dateline: *THÁI BÌNH: KINH TẾ …*, *SỞ Y TẾ TIỀN GIANG*, *(Tây Ninh) –*.
    fn lead(doc: &Doc) -> [Option<String>; 2] {
        const LINES: usize = 4;
        const REACH: usize = 40;
        let mut found: [Vec<String>; 2] = [Vec::new(), Vec::new()];
        let mut at = 0;
        for _ in 0..LINES {
            let line = doc.line(at);
            let end = line.end.min(line.start + REACH);
            while at < end {
                // "Thủy lợi Nam Hà Tĩnh": the longer name begins with the last word of the shorter.
                let overlaps = |hit: &crate::lexicon::Hit| doc.find(Table::Places, hit.end - 1).is_some_and(|next| next.end > hit.end);
                let hit = doc.find(Table::Places, at).filter(|&hit| doc.entry(hit).cells[0] == "province" && doc.is_cap(at));
                let hit = hit.filter(|hit| hit.end == hit.start + 1 || !overlaps(hit));
                let Some(hit) = hit else {
                    at += 1;
                    continue;
                };
                let name = doc.plain(&(hit.start..hit.end));
                let name = if doc.is_shouted(hit.start) || is_capitals(&name) { title_case(&name) } else { name };
                let city = usize::from(CITIES.contains(&fold(&name).as_str()));
                if let Some(names) = found.get_mut(city).filter(|names| !names.contains(&name)) {
                    names.push(name);
                }
                at = hit.end;
            }
            at = line.end.max(at);
        }
        found.map(|mut names| if names.len() == 1 { names.pop() } else { None })
    }

    /// The place of a level that the text is about; the first lines tell it where no place is named with its level.
    fn subject(&self, level: usize) -> Option<&str> {
        let lead = || self.lead.get(level).filter(|_| self.counts.get(level).is_some_and(FxHashMap::is_empty));
        self.subjects.get(level)?.as_ref().or_else(|| lead()?.as_ref()).map(String::as_str)
    }

    /// The name of the body at `tokens` with the place of the bare level that it ends in: *HĐND quận*, *Ban Dân vận Huyện ủy*, *Tỉnh đoàn*.
    fn complete(&self, doc: &Doc, tokens: &Range<usize>, name: String) -> Named {
        match bare_level(doc, tokens).and_then(|level| self.subject(level).map(|place| (level, place))) {
            Some((level, place)) => {
                // "Quận ủy" + "1", "Thành ủy" + "Hồ Chí Minh": what a committee is of is named with its level.
                let committee = matches!(doc.sym(tokens.end - 1), w::ủy | w::đoàn);
                let word = match level {
                    URBAN if committee && place.starts_with(|c: char| c.is_ascii_digit()) => "Quận ",
                    CITY if committee && place == "Hồ Chí Minh" => "Thành phố ",
                    _ => "",
                };
                let name = format!("{name} {word}{place}");
                Named { name, inferred: Some(InferredName::Place), source: Some(Source::Subject(level)) }
            }
            None => Named { name, inferred: None, source: None },
        }
    }

    /// Where the text is about several places of the bare level that the body at `tokens` ends in: the one that its own sentence names before it.
    fn of_sentence(&self, doc: &Doc, tokens: &Range<usize>) -> Option<Complement> {
        const REACH: usize = 60;
        let level = bare_level(doc, tokens)
            .filter(|&level| self.subject(level).is_none() && self.counts.get(level).is_some_and(|c| c.len() > 1))?;
        let sentence = doc.sentence(tokens.start);
        let before = sentence.start.max(tokens.start.saturating_sub(REACH))..tokens.start;
        let mut names = named_in(doc, &before).into_iter().filter(|(of, ..)| *of == level).map(|(_, name, tokens)| (name, tokens));
        let (first, place) = names.next()?;
        names.all(|(name, _)| name == first).then_some(Complement { name: first, source: Source::Sentence(place) })
    }
}

/// The level without a place that a body's name ends in.
fn bare_level(doc: &Doc, tokens: &Range<usize>) -> Option<usize> {
    let reach = tokens.start.max(tokens.end.saturating_sub(3))..tokens.end;
    reach.rev().find_map(|at| {
        let (level, behind) = level_word(doc, at)?;
        let committee = behind + 1 == tokens.end && matches!(doc.sym(behind), w::ủy | w::đoàn);
        (committee || behind == tokens.end && at > tokens.start).then_some(level)
    })
}

/// Every *quận Long Biên*, *Quận ủy Long Biên* inside the tokens: its level, its name, where it stands.
fn named_in(doc: &Doc, tokens: &Range<usize>) -> Vec<(usize, String, Range<usize>)> {
    let mut found = Vec::new();
    for at in tokens.clone() {
        if doc.sym(at) == w::tphcm {
            found.push((CITY, "Hồ Chí Minh".to_owned(), at..at + 1));
            continue;
        }
        let Some((level, behind)) = level_word(doc, at) else { continue };
        let committee = matches!(doc.sym(behind), w::ủy | w::đoàn);
        let first = past_dot(doc, behind + usize::from(committee));
        let length = (first..tokens.end).take_while(|&n| doc.is_cap(n) || doc.is_number(n)).count();
        // The name ends before another head: "Quận ủy Long Biên", but not "Công an quận Đội Cảnh sát".
        if length == 0 || doc.find(Table::Bodies, first).is_some_and(|head| head.end > first + 1) {
            continue;
        }
        let range = first..first + length;
        let known = doc.find(Table::Places, first);
        // "UBND TP Nguyễn Văn A": a person's name; "TP. Tuy nhiên", "tỉnh TT-Huế": no name at all.
        let person = known.is_none() && name_score(doc, &range) >= 4;
        let sentence = length == 1 && known.is_none() && doc.is_lower(first + 1) && first > behind;
        let letters = doc.is_acronym(first) && doc.sym(first) != w::hcm;
        if person || sentence || letters {
            continue;
        }
        let name = doc.plain(&range);
        let name = if doc.is_shouted(first) { title_case(&name) } else { name };
        found.push((level, if fold(&name) == "hcm" { "Hồ Chí Minh".to_owned() } else { name }, at..range.end));
    }
    found
}

fn is_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// *TAM MỸ ĐÔNG* → *Tam Mỹ Đông*
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_string() + &letters.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
