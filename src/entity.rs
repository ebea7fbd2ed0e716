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
use crate::doc::Doc;
use crate::kind::organization::OrganizationReading;
use crate::kind::place::past_dot;
use crate::kind::{Found, Reading, index_at};
use crate::lexicon::Table;
use crate::link::Names;
use crate::token::fold;

/// The entities of a bulletin, and the entity of each mention.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    /// For each person's mention the index in `list`.
    pub(crate) persons: Vec<usize>,
    /// For each body's mention.
    pub(crate) organizations: Vec<usize>,
}

/// Levels of administration by the words that name them, alone or inside *Quận ủy, Huyện đoàn*; all words of a row are one level.
const LEVELS: [(&str, &[&str]); 8] = [
    ("tỉnh", &["tỉnh"]),
    ("thành phố", &["thành phố", "tp", "thành"]),
    ("quận", &["quận"]),
    ("huyện", &["huyện"]),
    ("thị xã", &["thị xã", "thị"]),
    ("thị trấn", &["thị trấn"]),
    ("phường", &["phường"]),
    ("xã", &["xã"]),
];

/// Finds the entities. `given` are the titles of each person, `expanded` writes out the acronyms of a body's name.
pub(crate) fn find(doc: &Doc, found: &Found, given: &[Vec<usize>], expanded: impl Fn(&OrganizationReading) -> Option<String>) -> Entities {
    let mut entities = Entities::default();
    let full = |body: &OrganizationReading| expanded(body).unwrap_or_else(|| doc.plain(&body.tokens));
    let places = SubjectPlaces::new(doc, found);
    let mut bodies = Bodies::default();
    for body in &found.organizations {
        // "Quốc hội" is no short form of "Quốc hội Lào".
        let complete = doc.find(Table::KnownBodies, body.tokens.start).is_some_and(|known| known.end >= body.tokens.end);
        bodies.names.push((places.complete(&full(body)), complete));
    }
    let names = bodies.joined();
    let mut index: HashMap<String, usize> = HashMap::new();
    for (body, name) in found.organizations.iter().zip(&names) {
        let at = *index.entry(key(name)).or_insert_with(|| {
            let parent = body.parent.as_ref().map(|tokens| places.complete(&doc.plain(tokens)));
            entities.list.push(Entity::Organization { name: name.clone(), aliases: Vec::new(), parent, mentions: 0 });
            entities.list.len() - 1
        });
        entities.organizations.push(at);
        if let Some(Entity::Organization { name, aliases, mentions, .. }) = entities.list.get_mut(at) {
            *mentions += 1;
            let written = doc.plain(&body.tokens);
            // "Trưởng phòng Nội vụ", later "Phòng Nội vụ": the name begins with a capital where the text has it so.
            if written.starts_with(char::is_uppercase) && name.starts_with(char::is_lowercase) && key(&written) == key(name) {
                name.clone_from(&written);
            }
            if written != *name && !aliases.contains(&written) {
                aliases.push(written);
            }
        }
    }
    let post = |title: usize| -> Option<Post> {
        let title = found.titles.get(title)?;
        let body = title.organization.as_ref();
        let mention = body.and_then(|body| index_at(&found.organizations, body.tokens.start));
        let entity = mention.and_then(|n| entities.organizations.get(n).copied());
        let organization = match entity.and_then(|n| entities.list.get(n)) {
            Some(Entity::Organization { name, .. }) => Some(name.clone()),
            _ => body.map(|body| places.complete(&full(body))),
        };
        Some(Post { role: title.role.clone(), organization, organization_entity: entity, former: title.former })
    };
    let short_names = Names::new(doc, &found.persons);
    let mut people: HashMap<String, usize> = HashMap::new();
    let mut persons = Vec::new();
    for (n, titles) in given.iter().enumerate().take(found.persons.len()) {
        let posts: Vec<Post> = titles.iter().filter_map(|&t| post(t)).collect();
        let Some(fullest) = found.persons.get(short_names.fullest(n)) else { continue };
        let name = doc.plain(fullest.tokens());
        let key = fold(&name);
        persons.push((key, name, posts));
    }
    for (key, name, posts) in persons {
        let at = *people.entry(key).or_insert_with(|| {
            entities.list.push(Entity::Person { name, mentions: 0, posts: Vec::new() });
            entities.list.len() - 1
        });
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

/// The names of the bodies of a text, and whether each is complete as it is.
#[derive(Debug, Default)]
struct Bodies {
    names: Vec<(String, bool)>,
}

impl Bodies {
    /// A name that begins exactly one longer name is that body: *Đảng ủy khối* in a text about *Đảng ủy khối doanh nghiệp quận Tây Hồ*.
    fn joined(&self) -> Vec<String> {
        let mut distinct: Vec<(String, &str)> = self.names.iter().map(|(name, _)| (key(name), name.as_str())).collect();
        distinct.sort();
        distinct.dedup_by(|a, b| a.0 == b.0);
        let longer = |name: &str| -> Option<&str> {
            let prefix = key(name) + " ";
            let start = distinct.partition_point(|(key, _)| key.as_str() < prefix.as_str());
            let mut following = distinct.iter().skip(start).take_while(|(key, _)| key.starts_with(&prefix));
            let mut last = following.next()?;
            // A chain of ever longer names ends in one; a fork is none.
            for next in following {
                if !next.0.starts_with(&format!("{} ", last.0)) {
                    return None;
                }
                last = next;
            }
            Some(last.1)
        };
        let name = |(name, complete): &(String, bool)| longer(name).filter(|_| !complete).unwrap_or(name).to_owned();
        self.names.iter().map(name).collect()
    }
}

/// What two ways of writing one name share: letters folded, marks dropped, *TP.HCM* as *thành phố hồ chí minh*.
fn key(name: &str) -> String {
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
    counts: [Vec<(String, usize)>; LEVELS.len()],
}

impl SubjectPlaces {
    fn new(doc: &Doc, found: &Found) -> Self {
        let mut places = SubjectPlaces { counts: Default::default() };
        let ranges = found.places.iter().map(|p| &p.tokens).chain(found.organizations.iter().map(|o| &o.tokens));
        for tokens in ranges {
            places.note(doc, tokens);
        }
        places
    }

    /// Notes every *quận Tây Hồ*, *Quận ủy Tây Hồ* inside the tokens.
    fn note(&mut self, doc: &Doc, tokens: &Range<usize>) {
        for at in tokens.clone() {
            let Some((level, end)) = level_at(doc, at, tokens.end) else { continue };
            let name: Vec<usize> = (end..tokens.end).take_while(|&n| doc.is_cap(n) || doc.is_number(n)).collect();
            let (Some(&first), Some(&last)) = (name.first(), name.last()) else { continue };
            // The name ends before another head: "Quận ủy Tây Hồ", but not "Công an quận Đội Cảnh sát".
            if doc.find(Table::Bodies, first).is_some_and(|head| head.end > first + 1) {
                continue;
            }
            let name = doc.plain(&(first..last + 1));
            let name = if doc.is_shouted(first) { title_case(&name) } else { name };
            let Some(known) = self.counts.get_mut(level) else { continue };
            match known.iter_mut().find(|(other, _)| fold(other) == fold(&name)) {
                Some((_, count)) => *count += 1,
                None => known.push((name, 1)),
            }
        }
    }

    /// The place of a level that the text is about: the only one, or one named at least twice as often as any other.
    fn subject(&self, level: usize) -> Option<&str> {
        let counts = self.counts.get(level)?;
        let (name, most) = counts.iter().max_by_key(|(_, count)| *count)?;
        let second = counts.iter().filter(|(other, _)| other != name).map(|(_, count)| *count).max().unwrap_or(0);
        (*most >= 2 * second).then_some(name)
    }

    /// The name with the place of the bare level that it ends in.
    fn complete(&self, name: &str) -> String {
        let folded = fold(name);
        let level = LEVELS.iter().position(|(_, words)| words.iter().any(|word| ends_in_level(&folded, word)));
        match level.and_then(|level| self.subject(level)) {
            Some(place) => format!("{name} {place}"),
            None => name.to_owned(),
        }
    }
}

/// *TAM MỸ ĐÔNG* → *Tam Mỹ Đông*
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_string() + &letters.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Whether a folded name ends in the bare level `word`: *hđnd quận*, *quận ủy*, *ban dân vận huyện ủy*, *tỉnh đoàn*.
fn ends_in_level(folded: &str, word: &str) -> bool {
    let committee = ["ủy", "đoàn"].iter().any(|tail| ends_in_words(folded, &format!("{word} {tail}")));
    let bare = word != "thành" && word != "thị" && ends_in_words(folded, word) && folded != word;
    // "hợp tác xã" is no commune, "thị xã" no xã.
    let other = word == "xã" && (ends_in_words(folded, "thị xã") || ends_in_words(folded, "hợp tác xã"));
    (committee || bare) && !other
}

fn ends_in_words(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}

/// The level whose word begins at token `at`, and the token behind it: *quận*, *Quận ủy*, *TP.*
fn level_at(doc: &Doc, at: usize, end: usize) -> Option<(usize, usize)> {
    LEVELS.iter().enumerate().find_map(|(level, (_, words))| {
        words.iter().find_map(|word| {
            let length = word.split(' ').count();
            let same = at + length <= end && word.split(' ').enumerate().all(|(n, w)| doc.folded(at + n) == w);
            if !same {
                return None;
            }
            let behind = at + length;
            let committee = matches!(&*doc.folded(behind), "ủy" | "đoàn");
            // "thành", "thị" are levels only inside "Thành ủy", "Thị đoàn"; "thị xã" is no xã.
            let short = matches!(*word, "thành" | "thị");
            let part = *word == "xã" && at > 0 && matches!(&*doc.folded(at - 1), "thị" | "tác");
            if short && !committee || part {
                return None;
            }
            let next = past_dot(doc, behind + usize::from(committee));
            Some((level, next))
        })
    })
}
