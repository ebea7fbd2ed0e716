//! Persons, bodies, posts and memberships of one or many bulletins as [Popolo] data, the open standard of civic software.
//!
//! ```
//! use bantin::Extractor;
//! use bantin::popolo::Popolo;
//!
//! let extractor = Extractor::new();
//! let mut first = extractor.extract("Đồng chí Trần Văn Bình, Bí thư Quận ủy Long Biên, chủ trì hội nghị.");
//! let mut second = extractor.extract("Tiến sĩ Trần Văn Bình – Bí thư Quận ủy Long Biên, nguyên Giám đốc Sở Y tế Hà Nội, đến dự.");
//! first.source = Some("https://example.org/1".to_owned());
//! second.source = Some("https://example.org/2".to_owned());
//!
//! let data = Popolo::from_bulletins([&first, &second]);
//! assert_eq!(data.persons.len(), 1); // one name, one post: one person
//! assert_eq!(data.persons[0].honorific_prefix.as_deref(), Some("Tiến sĩ"));
//! let labels: Vec<&str> = data.memberships.iter().map(|membership| membership.label.as_str()).collect();
//! assert_eq!(labels, ["Bí thư Quận ủy Long Biên", "nguyên Giám đốc Sở Y tế Hà Nội"]);
//! assert_eq!(data.memberships[0].sources.len(), 2);
//! println!("{}", serde_json::to_string_pretty(&data)?);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Who is who
//!
//! A wrong post on a named person is worse than one person in two records, so in doubt things stay apart:
//!
//! - **A body** is one in all bulletins where its name is [distinct](crate::Entity::Organization::distinct) (*Bộ Y tế*, *Quận ủy Long Biên*). *Sở Y tế*,
//!   *Đảng ủy*, *UBND xã Tân An* are another body in each bulletin.
//! - **A person** of one bulletin and one of another are the same where they share the name, of two syllables at least, and a post (past or present,
//!   with the same role) in a distinct body. This is transitive: *A* of bulletins 1 and 3 are one if both share a post with *A* of bulletin 2. Whoever
//!   holds no such post is another person in each bulletin. Two of one name whom one bulletin tells apart stay so, unless a post unites them. A seat among many (*đại biểu Quốc hội*) is no post.
//! - **A bulletin** is what its [`source`](crate::Bulletin::source) says, so give each bulletin its own; without one, what it mentions stands for it.
//!
//! # Ids
//!
//! Every id is a UUID (version 5) made of what identifies the thing: of a body its name (and the bulletin, if it is not distinct), of a post its
//! role and body, of a person the name and, of the person's posts that could unite, the one with the smallest id (else the bulletin), of a
//! membership all of these. So the same bulletins give the same data in any order and on any day. Further bulletins never change the ids of bodies and posts; a
//! person's, and those of the memberships, they change where they unite two persons or add a post with a smaller id.
//!
//! # What goes where
//!
//! - Titles of the kind *post* give a post and a membership, those of the kind *membership* (seats) a membership without a post. Popolo has no membership
//!   without a body: titles that name none (*Tỉnh ủy viên*), or only what sort of body it is (*Hiệu trưởng Trường*), are listed in the person's `summary`.
//! - Ranks, degrees and honours go into `honorific_prefix` in this order, for in Vietnamese all stand before the name; there is no
//!   `honorific_suffix`. Words of address (*đồng chí, ông, bà*) are left out.
//! - Former posts: Popolo tells them by `end_date`, which bulletins do not state, and no date is invented. So that nobody takes them for
//!   present ones, `role` and `label` begin with *nguyên* (former), and the property `+former` is `true` (the plus marks properties that Popolo has not, as
//!   its JSON patterns advise); the post behind `post_id` has the bare role.
//! - `classification` of a body is its [`OrganizationKind`], as most mentions of it have it.
//! - `family_name` and `given_name` are given for names of three to five Vietnamese syllables that begin with one of the commonest
//!   family names.
//! - `sources` are the bulletins that have a `source`. One that is no URL, a file's name say, is percent-encoded into a relative URL and stands in
//!   `note` as it is; so does the day of publication where the bulletin states it.
//!
//! Properties without a value are left out.
//!
//! [Popolo]: https://www.popoloproject.com/specs/

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::bulletin::{self, Bulletin, Entity, InferredFrom, OrganizationKind, TitleKind};
use crate::key::key;
use crate::syllable::has_shape;
use crate::token::fold;

/// Popolo data: four lists that refer to each other by id.
///
/// Persons and bodies are sorted by name, posts and memberships by label.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Popolo {
    /// The people.
    pub persons: Vec<Person>,
    /// The bodies.
    pub organizations: Vec<Organization>,
    /// The posts in the bodies, whoever holds them.
    pub posts: Vec<Post>,
    /// Who holds or held which post or seat in which body.
    pub memberships: Vec<Membership>,
}

impl Popolo {
    /// The data of some bulletins; their order does not matter.
    ///
    /// Bulletins need entities, which are there unless only some kinds were asked for.
    #[must_use]
    pub fn from_bulletins<'b>(bulletins: impl IntoIterator<Item = &'b Bulletin>) -> Self {
        let mut builder = Builder::new();
        for bulletin in bulletins {
            builder.add(bulletin);
        }
        builder.finish()
    }
}

/// A [Popolo person](https://www.popoloproject.com/specs/person.html).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Person {
    /// A UUID.
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// The first syllable (*Trần*), where it is surely the family name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub family_name: Option<String>,
    /// The last syllable, by which people are called (*Bình*), where the family name is sure.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub given_name: Option<String>,
    /// Ranks, degrees and honours, parted by commas: *Đại tá, Tiến sĩ, Nhà giáo Ưu tú*.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub honorific_prefix: Option<String>,
    /// Posts and seats whose body the bulletins do not tell, parted by semicolons: *Tỉnh ủy viên; nguyên Hiệu trưởng*.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub summary: Option<String>,
    /// The bulletins that name the person.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<Link>,
}

/// A [Popolo organization](https://www.popoloproject.com/specs/organization.html).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Organization {
    /// A UUID.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The other ways in which bulletins name it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub other_names: Vec<OtherName>,
    /// The branch of public life it belongs to; `None` where it is only named inside the name of another.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub classification: Option<OrganizationKind>,
    /// The body inside its name, where the bulletins or the name tell which one it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parent_id: Option<String>,
    /// The bulletins that name it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<Link>,
}

/// A [Popolo post](https://www.popoloproject.com/specs/post.html): one for each role in a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Post {
    /// A UUID.
    pub id: String,
    /// Role and body: *Trưởng Ban Dân vận Tỉnh ủy*.
    pub label: String,
    /// The role: *Trưởng Ban*.
    pub role: String,
    /// The body.
    pub organization_id: String,
    /// The bulletins that say somebody holds or held it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<Link>,
}

/// A [Popolo membership](https://www.popoloproject.com/specs/membership.html): a person in a body.
///
/// Without dates, for a bulletin states that somebody holds a post, not since when. A post that is held in one bulletin and past in another
/// gives two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Membership {
    /// A UUID.
    pub id: String,
    /// Role and body: *nguyên Giám đốc Sở Y tế Hà Nội*.
    pub label: String,
    /// The role; of a past one with *nguyên* before it.
    pub role: String,
    /// The person.
    pub person_id: String,
    /// The body.
    pub organization_id: String,
    /// The post; `None` for a seat.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub post_id: Option<String>,
    /// Whether it is past: the property `+former`, which Popolo has not.
    #[serde(rename = "+former", skip_serializing_if = "std::ops::Not::not", default)]
    pub former: bool,
    /// The bulletins that say so.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<Link>,
}

/// A [Popolo name](https://www.popoloproject.com/specs/#other-name) besides the full one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OtherName {
    /// The name as written.
    pub name: String,
}

/// A [Popolo link](https://www.popoloproject.com/specs/#link).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Link {
    /// A URL, maybe a relative one.
    pub url: String,
    /// The bulletin's `source` as it is, where it is no URL, and the day of publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

/// Makes [`Popolo`] data of bulletins that come one by one. It keeps what it needs of each, not the bulletin.
///
/// ```
/// use bantin::Extractor;
/// use bantin::popolo::Builder;
/// let extractor = Extractor::new();
/// let mut builder = Builder::new();
/// for text in ["Ông Cù Văn Đán, Chủ tịch UBND huyện Ba Tơ, dự.", "Huyện ủy Ba Tơ họp."] {
///     builder.add(&extractor.extract(text));
/// }
/// assert_eq!(builder.finish().organizations.len(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Builder {
    organizations: BTreeMap<String, Body>,
    /// The people of all bulletins under their folded names.
    sightings: BTreeMap<String, Vec<Sighting>>,
}

/// What bulletins say of a body.
#[derive(Debug, Clone, Default)]
struct Body {
    name: String,
    other_names: BTreeSet<String>,
    mentions: HashMap<OrganizationKind, usize>,
    parent_id: Option<String>,
    sources: BTreeSet<Link>,
}

/// A person in one bulletin.
#[derive(Debug, Clone)]
struct Sighting {
    name: String,
    titles: Vec<Title>,
    source: Option<Link>,
    /// What the person has in common with himself in other bulletins: ids of posts, else the bulletin and which of its people of the name he is.
    ties: BTreeSet<String>,
}

#[derive(Debug, Clone)]
struct Title {
    /// The role; with the body, where that is no definite one.
    role: String,
    kind: TitleKind,
    former: bool,
    /// The id of the body, and whether its name is distinct.
    body: Option<(String, bool)>,
}

impl Builder {
    /// Without a bulletin yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a bulletin; one that is added again changes nothing but how often its bodies are counted.
    pub fn add(&mut self, bulletin: &Bulletin) {
        let identity = identity(bulletin);
        let source = link(bulletin);
        let bodies = self.add_bodies(bulletin, &identity, source.as_ref());
        let mut namesakes: HashMap<String, usize> = HashMap::new();
        for entity in &bulletin.entities {
            if let Entity::Person { name, posts, .. } = entity {
                let folded = fold(name);
                let nth = namesakes.entry(folded.clone()).and_modify(|n| *n += 1).or_default();
                let titles: Vec<Title> = posts.iter().map(|post| bodies.title(post)).collect();
                let united = name.contains(' ');
                let mut ties: BTreeSet<String> = titles
                    .iter()
                    .filter(|title| united && title.kind == TitleKind::Post)
                    .filter_map(|title| title.body.as_ref().filter(|(_, distinct)| *distinct).map(|(body, _)| post_id(body, &title.role)))
                    .collect();
                if ties.is_empty() {
                    ties.insert(format!("{identity} {nth}"));
                }
                let sighting = Sighting { name: name.clone(), titles, source: source.clone(), ties };
                self.sightings.entry(folded).or_default().push(sighting);
            }
        }
    }

    /// Adds the bodies of a bulletin.
    fn add_bodies(&mut self, bulletin: &Bulletin, identity: &str, source: Option<&Link>) -> Bodies {
        let mut bodies = Bodies { of_entities: vec![None; bulletin.entities.len()], of_names: HashMap::new() };
        for (entity, slot) in bulletin.entities.iter().zip(&mut bodies.of_entities) {
            if let Entity::Organization { name, distinct, .. } = entity {
                let known = (organization_id(name, *distinct, identity), *distinct);
                bodies.of_names.insert(key(name), known.clone());
                *slot = Some(known);
            }
        }
        for (entity, slot) in bulletin.entities.iter().zip(&bodies.of_entities) {
            let (Entity::Organization { name, aliases, parent, .. }, Some((id, distinct))) = (entity, slot) else { continue };
            let parent_id = parent.as_deref().and_then(|parent| {
                // No mention of its own: what makes the whole name distinct stands in its end, which is the parent's; a bare "Quỹ" is nobody's name.
                let inside = || (*distinct && parent.contains(' ')).then(|| organization_id(parent, true, identity));
                let parent_id = bodies.of_names.get(&key(parent)).map(|(id, _)| id.clone()).or_else(inside)?;
                self.body(&parent_id, parent, source);
                Some(parent_id)
            });
            let body = self.body(id, name, source);
            body.other_names.extend(aliases.iter().cloned());
            // Bulletins may name different bodies inside one name; the smallest id does not depend on their order.
            let parent_id = parent_id.filter(|parent_id| parent_id != id);
            body.parent_id = body.parent_id.take().into_iter().chain(parent_id).min();
        }
        for mention in &bulletin.organizations {
            let known = mention.entity.and_then(|entity| bodies.of_entities.get(entity)).and_then(Option::as_ref);
            if let Some(body) = known.and_then(|(id, _)| self.organizations.get_mut(id)) {
                *body.mentions.entry(mention.kind).or_default() += 1;
            }
        }
        bodies
    }

    /// The body of this id, with one more name and source.
    fn body(&mut self, id: &str, name: &str, source: Option<&Link>) -> &mut Body {
        let body = self.organizations.entry(id.to_owned()).or_default();
        prefer(&mut body.name, name);
        body.sources.extend(source.cloned());
        body
    }

    /// The data of all bulletins that were added.
    #[must_use]
    pub fn finish(self) -> Popolo {
        let bodies: BTreeMap<String, Organization> =
            self.organizations.into_iter().map(|(id, body)| (id.clone(), body.finish(id))).collect();
        let mut persons = Vec::new();
        let mut holders = Holders::default();
        for (name, sightings) in self.sightings {
            for sightings in unite(sightings) {
                let tie = sightings.iter().flat_map(|sighting| &sighting.ties).min();
                let person_id = id(&["person", &name, tie.map_or("", String::as_str)]);
                for sighting in &sightings {
                    for title in &sighting.titles {
                        if let Some(body) = title.body.as_ref().and_then(|(id, _)| bodies.get(id)) {
                            holders.add(&person_id, title, body, sighting.source.as_ref());
                        }
                    }
                }
                persons.push(person(person_id, &sightings));
            }
        }
        let mut organizations: Vec<Organization> = bodies.into_values().collect();
        let (mut posts, mut memberships) = holders.finish();
        // Those of one name stand in the order of their ids.
        persons.sort_by(|a: &Person, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        organizations.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        posts.sort_by(|a, b| (&a.label, &a.id).cmp(&(&b.label, &b.id)));
        memberships.sort_by(|a, b| (&a.label, &a.id).cmp(&(&b.label, &b.id)));
        Popolo { persons, organizations, posts, memberships }
    }
}

/// Posts and memberships by id, with their sources.
#[derive(Default)]
struct Holders {
    posts: BTreeMap<String, (Post, BTreeSet<Link>)>,
    memberships: BTreeMap<String, (Membership, BTreeSet<Link>)>,
}

impl Holders {
    /// A person's title in `body`; other titles than posts and seats are no membership.
    fn add(&mut self, person_id: &str, title: &Title, body: &Organization, source: Option<&Link>) {
        let post_id = match title.kind {
            TitleKind::Post => Some(post_id(&body.id, &title.role)),
            TitleKind::Membership => None,
            TitleKind::Rank | TitleKind::Degree | TitleKind::Honour => return,
        };
        let label = joined(&title.role, &body.name);
        if let Some(post_id) = &post_id {
            let new = || Post {
                id: post_id.clone(),
                label: String::new(),
                role: String::new(),
                organization_id: body.id.clone(),
                sources: Vec::new(),
            };
            let (post, sources) = self.posts.entry(post_id.clone()).or_insert_with(|| (new(), BTreeSet::new()));
            prefer(&mut post.label, &label);
            prefer(&mut post.role, &title.role);
            sources.extend(source.cloned());
        }
        let former = if title.former { "former" } else { "" };
        let id = id(&["membership", person_id, &body.id, &fold(&title.role), former]);
        let new = || Membership {
            id: id.clone(),
            label: String::new(),
            role: String::new(),
            person_id: person_id.to_owned(),
            organization_id: body.id.clone(),
            post_id,
            former: title.former,
            sources: Vec::new(),
        };
        let (membership, sources) = self.memberships.entry(id.clone()).or_insert_with(|| (new(), BTreeSet::new()));
        prefer(&mut membership.label, &title.with_former(&label));
        prefer(&mut membership.role, &title.with_former(&title.role));
        sources.extend(source.cloned());
    }

    fn finish(self) -> (Vec<Post>, Vec<Membership>) {
        let posts = self.posts.into_values().map(|(post, sources)| Post { sources: sources.into_iter().collect(), ..post });
        let memberships = self.memberships.into_values();
        let memberships = memberships.map(|(membership, sources)| Membership { sources: sources.into_iter().collect(), ..membership });
        (posts.collect(), memberships.collect())
    }
}

/// The bodies of one bulletin: id, and whether the name is distinct.
struct Bodies {
    of_entities: Vec<Option<(String, bool)>>,
    of_names: HashMap<String, (String, bool)>,
}

impl Bodies {
    fn title(&self, post: &bulletin::Post) -> Title {
        let mention = post.organization_entity.and_then(|entity| self.of_entities.get(entity)).cloned().flatten();
        let named = post.organization.as_deref();
        let body = mention.or_else(|| self.of_names.get(&key(named?)).cloned());
        // The extractor found no definite body: "Hiệu trưởng Trường".
        let role = match named {
            Some(named) if body.is_none() => joined(&post.role, named),
            _ => post.role.clone(),
        };
        Title { role, kind: post.kind, former: post.former, body }
    }
}

impl Body {
    fn finish(self, id: String) -> Organization {
        // "TỈNH ỦY HẬU GIANG" is no other name of "Tỉnh ủy Hậu Giang".
        let own = key(&self.name);
        let other_names = self.other_names.into_iter().filter(|name| key(name) != own).map(|name| OtherName { name }).collect();
        // Of kinds that were said equally often the first of the enum.
        let classification =
            self.mentions.into_iter().max_by_key(|&(kind, count)| (count, std::cmp::Reverse(kind as u8))).map(|(kind, _)| kind);
        let sources = self.sources.into_iter().collect();
        Organization { id, name: self.name, other_names, classification, parent_id: self.parent_id, sources }
    }
}

impl Title {
    /// Role or label, with the word that says so where it is past.
    fn with_former(&self, text: &str) -> String {
        if self.former { format!("nguyên {text}") } else { text.to_owned() }
    }
}

/// Those of one name who share a tie, whatever the order they come in.
fn unite(sightings: Vec<Sighting>) -> Vec<Vec<Sighting>> {
    // Each tie's sightings, and from one sighting through its ties to all that hang together with it.
    let mut of_tie: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, sighting) in sightings.iter().enumerate() {
        for tie in &sighting.ties {
            of_tie.entry(tie.clone()).or_default().push(n);
        }
    }
    let mut waiting: Vec<Option<Sighting>> = sightings.into_iter().map(Some).collect();
    let mut groups = Vec::new();
    for n in 0..waiting.len() {
        let (mut reached, mut group) = (vec![n], Vec::new());
        while let Some(sighting) = reached.pop() {
            let Some(sighting) = waiting.get_mut(sighting).and_then(Option::take) else { continue };
            reached.extend(sighting.ties.iter().filter_map(|tie| of_tie.remove(tie)).flatten());
            group.push(sighting);
        }
        if !group.is_empty() {
            groups.push(group);
        }
    }
    groups
}

/// What bulletins say of one person, but for the memberships.
fn person(id: String, sightings: &[Sighting]) -> Person {
    let mut name = String::new();
    let mut honorifics: BTreeMap<(u8, String), String> = BTreeMap::new();
    let mut without_body: BTreeMap<String, String> = BTreeMap::new();
    let mut sources = BTreeSet::new();
    for sighting in sightings {
        prefer(&mut name, &sighting.name);
        sources.extend(sighting.source.clone());
        for title in &sighting.titles {
            let place = match title.kind {
                TitleKind::Rank => 0,
                TitleKind::Degree => 1,
                TitleKind::Honour => 2,
                TitleKind::Post | TitleKind::Membership => {
                    if title.body.is_none() {
                        let role = title.with_former(&title.role);
                        prefer(without_body.entry(fold(&role)).or_default(), &role);
                    }
                    continue;
                }
            };
            // "Phó Giáo sư, Tiến sĩ" here, "Tiến sĩ" there; nobody is addressed by a rank that is past.
            for honorific in title.role.split(", ").filter(|_| !title.former) {
                prefer(honorifics.entry((place, fold(honorific))).or_default(), honorific);
            }
        }
    }
    let list = |words: Vec<String>, separator: &str| (!words.is_empty()).then(|| words.join(separator));
    let (family_name, given_name) = name_parts(&name).unzip();
    Person {
        id,
        family_name: family_name.map(str::to_owned),
        given_name: given_name.map(str::to_owned),
        honorific_prefix: list(honorifics.into_values().collect(), ", "),
        summary: list(without_body.into_values().collect(), "; "),
        sources: sources.into_iter().collect(),
        name,
    }
}

/// The family name and the given name, where they are sure.
fn name_parts(name: &str) -> Option<(&str, &str)> {
    /// Nine of ten people bear one of these.
    const FAMILIES: &[&str] = &[
        "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đào",
        "đinh", "đoàn", "trịnh", "trương", "mai", "cao", "lương", "hà", "tạ", "phùng", "tô",
    ];
    const LENGTHS: std::ops::RangeInclusive<usize> = 3..=5; // "Mai Hương" may have no family name
    let words: Vec<&str> = name.split(' ').collect();
    let [family, .., given] = words.as_slice() else { return None };
    let vietnamese = LENGTHS.contains(&words.len()) && words.iter().all(|word| has_shape(word));
    (vietnamese && FAMILIES.contains(&fold(family).as_str())).then_some((*family, *given))
}

/// *Trưởng Ban* in *Ban Dân vận Tỉnh ủy* → *Trưởng Ban Dân vận Tỉnh ủy*: words that end the role and begin the body are said once.
fn joined(role: &str, body: &str) -> String {
    let roles: Vec<&str> = role.split(' ').collect();
    let words: Vec<&str> = body.split(' ').collect();
    let same = |length: &usize| {
        let (end, start) = (roles.iter().skip(roles.len() - length), words.iter().take(*length));
        end.zip(start).all(|(a, b)| fold(a) == fold(b))
    };
    let shared = (1..=words.len().min(roles.len().saturating_sub(1))).rev().find(same).unwrap_or(0);
    roles.iter().chain(words.iter().skip(shared)).copied().collect::<Vec<_>>().join(" ")
}

/// Of ways to write a name the same one whatever the order: not all in capitals, then not with a small first letter, then by code points.
fn prefer(best: &mut String, name: &str) {
    let rank = |name: &str| (name.is_empty(), !name.chars().any(char::is_lowercase), name.starts_with(char::is_lowercase));
    if (rank(name), name) < (rank(best), best.as_str()) {
        name.clone_into(best);
    }
}

/// What a bulletin is told from others by.
fn identity(bulletin: &Bulletin) -> String {
    let mentions = || {
        let persons = bulletin.persons.iter().map(|person| person.text.as_str());
        let bodies = bulletin.organizations.iter().map(|body| body.text.as_str());
        let dates = bulletin.dates.iter().map(|date| date.text.as_str());
        persons.chain(bodies).chain(dates).collect::<Vec<_>>().join("\n")
    };
    bulletin.source.clone().unwrap_or_else(mentions)
}

fn organization_id(name: &str, distinct: bool, bulletin: &str) -> String {
    let name = key(name);
    if distinct { id(&["organization", &name]) } else { id(&["organization", &name, bulletin]) }
}

fn post_id(organization_id: &str, role: &str) -> String {
    id(&["post", organization_id, &fold(role)])
}

/// The UUID of what these parts identify.
fn id(parts: &[&str]) -> String {
    /// A random UUID, so that no other program makes the same ids of the same names.
    const NAMESPACE: Uuid = Uuid::from_u128(0x8f4c_61d2_0b7e_4a39_9d15_c3e0_7a62_5bf4);
    // A character that no name holds, so that no two lists of parts give one text.
    const SEPARATOR: &str = "\u{1f}";
    Uuid::new_v5(&NAMESPACE, parts.join(SEPARATOR).as_bytes()).to_string()
}

/// A bulletin's source as a link.
fn link(bulletin: &Bulletin) -> Option<Link> {
    let source = bulletin.source.as_deref()?;
    // A day that only a date in the text speaks for is no day of publication to cite.
    let stated = !matches!(bulletin.header.published_from, Some(InferredFrom::FirstFullDate | InferredFrom::Period));
    let day = bulletin.header.published.as_ref().filter(|_| stated).map(|day| format!("published {day}"));
    let (url, is_url) = url(source);
    let note: Vec<String> = (!is_url).then(|| source.to_owned()).into_iter().chain(day).collect();
    Some(Link { url, note: (!note.is_empty()).then(|| note.join(", ")) })
}

/// A source as a URL, and whether it is one by itself.
fn url(source: &str) -> (String, bool) {
    let is_url = source.split_once("://").is_some_and(|(scheme, _)| {
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letter)
    });
    // What a URL has for its own purposes is part of a file's name.
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) || is_url && b":?#[]@!$&'()*+,;=%".contains(&byte);
    let mut url = String::with_capacity(source.len());
    for byte in source.bytes() {
        if kept(byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    (url, is_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_words_of_role_and_body_are_said_once() {
        assert_eq!(joined("Trưởng Ban", "Ban Dân vận Tỉnh ủy"), "Trưởng Ban Dân vận Tỉnh ủy");
        assert_eq!(joined("Trưởng phòng", "Phòng Nội vụ"), "Trưởng phòng Nội vụ");
        assert_eq!(joined("Ủy viên Ban Thường vụ", "Ban Thường vụ"), "Ủy viên Ban Thường vụ");
        assert_eq!(joined("Bí thư", "Quận ủy Long Biên"), "Bí thư Quận ủy Long Biên");
    }

    #[test]
    fn families_are_told_only_where_they_are_sure() {
        assert_eq!(name_parts("Nguyễn Thị Minh Tâm"), Some(("Nguyễn", "Tâm")));
        assert_eq!(name_parts("TRẦN VĂN BÌNH"), Some(("TRẦN", "BÌNH")));
        for name in ["Bình", "Thích Đức Thiện", "Y Thanh Hà Niê Kđăm", "Vladimir Putin", "Mai Hương", "Mai Smith Lan"] {
            assert_eq!(name_parts(name), None, "{name}");
        }
    }

    #[test]
    fn a_files_name_becomes_a_relative_url() {
        assert_eq!(url("https://example.org/a?b=1"), ("https://example.org/a?b=1".to_owned(), true));
        assert_eq!(url("tin tức/1: a.txt"), ("tin%20t%E1%BB%A9c/1%3A%20a.txt".to_owned(), false));
    }
}
