//! From mentions to entities: which mentions are one person or one body, under their full names.
//!
//! **Persons.** A repeated full name, and a short one (*ông Chất*) that ends a fuller name of the text, are one person.
//!
//! **Bodies.** Acronyms are written out. A body that ends in a bare level (*HĐND quận*, *Quận ủy*) takes the place of that level which the text
//! names with it most (*Quận ủy Tây Hồ*, *quận Tây Hồ*); where two are named about as often it stays as it is. A name that begins exactly one
//! longer name of the text (*Đảng ủy khối*) is that body.

use std::collections::HashMap;
use std::ops::Range;

use crate::bulletin::{Entity, Post};
use crate::distinct::is_distinct;
use crate::doc::Doc;
use crate::kind::organization::OrganizationReading;
use crate::kind::place::past_dot;
use crate::kind::{Found, index_at};
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
}

/// Levels of administration: province, centrally-run or other city, urban and rural district, town, township, ward, commune.
const LEVELS: usize = 8;

/// The level that the word at token `at` names by itself or with the word behind it, and the token behind: *quận*, *thị xã*, *TP*, and the first
/// words of *Thành ủy*, *Thị đoàn*.
fn level_word(doc: &Doc, at: usize) -> Option<(usize, usize)> {
    let committee = || matches!(&*doc.folded(at + 1), "ủy" | "đoàn");
    Some(match &*doc.folded(at) {
        "tỉnh" => (0, at + 1),
        "tp" => (1, at + 1),
        "thành" if doc.is(at + 1, w::PHO) => (1, at + 2),
        "thành" if committee() => (1, at + 1),
        "quận" => (2, at + 1),
        "huyện" => (3, at + 1),
        "thị" if doc.is(at + 1, w::XA) => (4, at + 2),
        "thị" if doc.is(at + 1, w::TRAN) => (5, at + 2),
        "thị" if committee() => (4, at + 1),
        "phường" => (6, at + 1),
        "xã" if at == 0 || !matches!(&*doc.folded(at - 1), "thị" | "tác") => (7, at + 1),
        _ => return None,
    })
}

/// Finds the entities. `given` are the titles of each person, `expanded` writes out the acronyms of a body's name.
pub(crate) fn find(doc: &Doc, found: &Found, given: &[Vec<usize>], expanded: impl Fn(&OrganizationReading) -> Option<String>) -> Entities {
    let mut entities = Entities::default();
    let places = SubjectPlaces::new(doc, found);
    let full = |body: &OrganizationReading| {
        let name = expanded(body).unwrap_or_else(|| doc.plain(&body.tokens));
        places.complete(doc, &body.tokens, name)
    };
    let names = Names::of(doc, &found.organizations, full, &places);
    let mut index: HashMap<&str, usize> = HashMap::new();
    for (body, name) in found.organizations.iter().zip(names.of_mentions()) {
        let at = *index.entry(&name.key).or_insert_with(|| {
            let inner =
                |tokens: &Range<usize>| OrganizationReading { tokens: tokens.clone(), parent: None, stands_for: None, ..body.clone() };
            let parent = body.parent.as_ref().map(|tokens| full(&inner(tokens)));
            let distinct = name.distinct;
            entities.list.push(Entity::Organization { name: name.full.clone(), aliases: Vec::new(), parent, distinct, mentions: 0 });
            entities.list.len() - 1
        });
        entities.organizations.push(at);
        if let Some(Entity::Organization { name: best, aliases, mentions, .. }) = entities.list.get_mut(at) {
            *mentions += 1;
            let written = doc.plain(&body.tokens);
            // "Trưởng phòng Nội vụ", later "Phòng Nội vụ": the name begins with a capital where the text has it so.
            if written.starts_with(char::is_uppercase) && best.starts_with(char::is_lowercase) && key(&written) == key(best) {
                best.clone_from(&written);
            }
            if written != *best && !aliases.contains(&written) {
                aliases.push(written);
            }
        }
    }
    let post = |title: usize, entities: &Entities| -> Option<Post> {
        let title = found.titles.get(title)?;
        let body = title.organization.as_ref();
        let mention = body.and_then(|body| index_at(&found.organizations, body.tokens.start));
        let entity = mention.and_then(|n| entities.organizations.get(n).copied());
        let organization = match entity.and_then(|n| entities.list.get(n)) {
            Some(Entity::Organization { name, .. }) => Some(name.clone()),
            _ => body.map(full),
        };
        Some(Post { role: title.role.clone(), kind: title.kind, organization, organization_entity: entity, former: title.former })
    };
    let short_names = link::Names::new(doc, &found.persons);
    let mut people: HashMap<String, usize> = HashMap::new();
    for (n, titles) in given.iter().enumerate() {
        let Some(fullest) = found.persons.get(short_names.fullest(n)) else { continue };
        let folded: Vec<_> = fullest.tokens.clone().map(|at| doc.folded(at)).collect();
        let at = *people.entry(folded.join(" ")).or_insert_with(|| {
            entities.list.push(Entity::Person { name: doc.plain(&fullest.tokens), mentions: 0, posts: Vec::new() });
            entities.list.len() - 1
        });
        let posts: Vec<Post> = titles.iter().filter_map(|&t| post(t, &entities)).collect();
        entities.persons.push(at);
        if let Some(Entity::Person { mentions, posts: known, .. }) = entities.list.get_mut(at) {
            *mentions += 1;
            for post in posts {
                if !known.contains(&post) {
                    known.push(post);
                }
            }
        }
    }
    entities
}

/// The full name of a body, and what its spellings share.
#[derive(Debug, Clone)]
struct Name {
    full: String,
    key: String,
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
    /// Each way of writing is looked at once.
    fn of(doc: &Doc, bodies: &[OrganizationReading], full: impl Fn(&OrganizationReading) -> String, places: &SubjectPlaces) -> Self {
        let mut names = Names::default();
        let mut written: HashMap<&str, usize> = HashMap::new();
        for body in bodies {
            let at = *written.entry(doc.slice(&body.tokens)).or_insert_with(|| {
                let complete = doc.find(Table::KnownBodies, body.tokens.start).is_some_and(|known| known.end >= body.tokens.end);
                let full = full(body);
                let key = key(&full);
                let completed = bare_level(doc, &body.tokens).is_some_and(|level| places.subject(level).is_some());
                let distinct = is_distinct(doc, body, &key, completed);
                names.different.push(Name { key, full, complete, distinct });
                names.different.len() - 1
            });
            names.mentions.push(at);
        }
        names.join_prefixes();
        names
    }

    fn of_mentions(&self) -> impl Iterator<Item = &Name> {
        self.mentions.iter().filter_map(|&n| self.different.get(n))
    }

    /// A name that begins exactly one longer name is that body: *Đảng ủy khối* in a text about *Đảng ủy khối doanh nghiệp quận Tây Hồ*.
    fn join_prefixes(&mut self) {
        let mut sorted: Vec<&Name> = self.different.iter().collect();
        sorted.sort_by(|a, b| a.key.cmp(&b.key));
        sorted.dedup_by(|a, b| a.key == b.key);
        let longer = |name: &Name| -> Option<Name> {
            let start = sorted.partition_point(|other| other.key <= name.key);
            let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
            let mut following = sorted
                .iter()
                .skip(start)
                .take_while(|other| other.key.starts_with(&name.key))
                .filter(|other| begins(&other.key, &name.key));
            let mut last = following.next()?;
            // A chain of ever longer names ends in one; a fork is none.
            for next in following {
                if !begins(&next.key, &last.key) {
                    return None;
                }
                last = next;
            }
            Some((*last).clone())
        };
        let joined: Vec<Option<Name>> = self.different.iter().map(|name| if name.complete { None } else { longer(name) }).collect();
        for (name, longer) in self.different.iter_mut().zip(joined) {
            if let Some(longer) = longer {
                *name = longer;
            }
        }
    }
}

/// What two ways of writing one name share: letters folded, marks dropped, *TP.HCM* as *thành phố hồ chí minh*.
pub(crate) fn key(name: &str) -> String {
    let words = fold(name);
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| match word {
        "tp" => "thành phố",
        "hcm" => "hồ chí minh",
        "tphcm" => "thành phố hồ chí minh",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// For each level the places that the text names with it, and how often.
struct SubjectPlaces {
    counts: [HashMap<String, usize>; LEVELS],
}

impl SubjectPlaces {
    fn new(doc: &Doc, found: &Found) -> Self {
        let mut places = SubjectPlaces { counts: Default::default() };
        for tokens in found.places.iter().map(|p| &p.tokens).chain(found.organizations.iter().map(|o| &o.tokens)) {
            places.note(doc, tokens);
        }
        places
    }

    /// Notes every *quận Tây Hồ*, *Quận ủy Tây Hồ* inside the tokens.
    fn note(&mut self, doc: &Doc, tokens: &Range<usize>) {
        for at in tokens.clone() {
            let Some((level, behind)) = level_word(doc, at) else { continue };
            let committee = matches!(&*doc.folded(behind), "ủy" | "đoàn");
            let first = past_dot(doc, behind + usize::from(committee));
            let length = (first..tokens.end).take_while(|&n| doc.is_cap(n) || doc.is_number(n)).count();
            // The name ends before another head: "Quận ủy Tây Hồ", but not "Công an quận Đội Cảnh sát".
            if length == 0 || doc.find(Table::Bodies, first).is_some_and(|head| head.end > first + 1) {
                continue;
            }
            let name = doc.plain(&(first..first + length));
            let name = if doc.is_shouted(first) { title_case(&name) } else { name };
            if let Some(known) = self.counts.get_mut(level) {
                *known.entry(name).or_default() += 1;
            }
        }
    }

    /// The place of a level that the text is about: the only one, or one named at least twice as often as any other.
    fn subject(&self, level: usize) -> Option<&str> {
        let counts = self.counts.get(level)?;
        let (name, most) = counts.iter().max_by_key(|(_, count)| **count)?;
        let second = counts.iter().filter(|(other, _)| *other != name).map(|(_, count)| *count).max().unwrap_or(0);
        (*most >= 2 * second).then_some(name)
    }

    /// The name of the body at `tokens` with the place of the bare level that it ends in: *HĐND quận*, *Ban Dân vận Huyện ủy*, *Tỉnh đoàn*.
    fn complete(&self, doc: &Doc, tokens: &Range<usize>, name: String) -> String {
        match bare_level(doc, tokens).and_then(|level| self.subject(level)) {
            Some(place) => format!("{name} {place}"),
            None => name,
        }
    }
}

/// The level that the name at `tokens` ends in, without the name of the place.
fn bare_level(doc: &Doc, tokens: &Range<usize>) -> Option<usize> {
    let reach = tokens.start.max(tokens.end.saturating_sub(3))..tokens.end;
    reach.rev().find_map(|at| {
        let (level, behind) = level_word(doc, at)?;
        let committee = behind + 1 == tokens.end && matches!(&*doc.folded(behind), "ủy" | "đoàn");
        (committee || behind == tokens.end && at > tokens.start).then_some(level)
    })
}

/// *TAM MỸ ĐÔNG* → *Tam Mỹ Đông*
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_string() + &letters.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
