//! Bulletins as Popolo data: what the specification requires, who is one person, ids that do not depend on the order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::HashSet;
use std::sync::LazyLock;

use bantin::popolo::{Builder, Membership, Popolo};
use bantin::{Bulletin, Extractor};
use serde_json::Value;

/// Bulletins of these sources and texts.
fn bulletins(texts: &[(&str, &str)]) -> Vec<Bulletin> {
    static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);
    let bulletin = |&(source, text): &(&str, &str)| {
        let mut bulletin = EXTRACTOR.extract(text);
        bulletin.source = (!source.is_empty()).then(|| source.to_owned());
        bulletin
    };
    texts.iter().map(bulletin).collect()
}

fn popolo(texts: &[(&str, &str)]) -> Popolo {
    Popolo::from_bulletins(&bulletins(texts))
}

fn samples() -> Vec<Bulletin> {
    let mut paths: Vec<_> = std::fs::read_dir("data/samples").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts: Vec<(String, String)> =
        paths.iter().map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect();
    bulletins(&texts.iter().map(|(source, text)| (source.as_str(), text.as_str())).collect::<Vec<_>>())
}

fn names(data: &Popolo) -> Vec<&str> {
    data.persons.iter().map(|person| person.name.as_str()).collect()
}

fn labels(data: &Popolo) -> Vec<&str> {
    data.memberships.iter().map(|membership| membership.label.as_str()).collect()
}

fn body_of<'d>(data: &'d Popolo, membership: &Membership) -> &'d str {
    &data.organizations.iter().find(|body| body.id == membership.organization_id).unwrap().name
}

#[test]
fn what_the_specification_requires_is_there() {
    let json = serde_json::to_value(Popolo::from_bulletins(&samples())).unwrap();
    let list = |name: &str| json[name].as_array().unwrap();
    let mut ids = HashSet::new();
    for object in ["persons", "organizations", "posts", "memberships"].into_iter().flat_map(list) {
        assert!(ids.insert(object["id"].as_str().unwrap()), "{object}");
        // The schemas have some properties as strings or null, lists of objects never null; what has no value is left out here.
        assert!(object.as_object().unwrap().values().all(|value| !value.is_null()), "{object}");
        for source in object["sources"].as_array().unwrap() {
            assert!(!source["url"].as_str().unwrap().is_empty(), "{object}");
        }
    }
    let refers = |object: &Value, property: &str, to: &str| {
        let id = object[property].as_str().unwrap_or_else(|| panic!("{property} of {object}"));
        assert!(list(to).iter().any(|other| other["id"] == id), "{property} of {object}");
    };
    for object in list("persons").iter().chain(list("organizations")) {
        assert!(!object["name"].as_str().unwrap().is_empty(), "{object}");
        if object.get("parent_id").is_some() {
            refers(object, "parent_id", "organizations");
            assert_ne!(object["parent_id"], object["id"]);
        }
    }
    for post in list("posts") {
        assert!(post["label"].is_string() && post["role"].is_string(), "{post}");
        refers(post, "organization_id", "organizations");
    }
    for membership in list("memberships") {
        assert!(membership["role"].is_string() && membership["label"].is_string(), "{membership}");
        refers(membership, "person_id", "persons");
        refers(membership, "organization_id", "organizations");
        if membership.get("post_id").is_some() {
            refers(membership, "post_id", "posts");
        }
    }
    assert!(["persons", "organizations", "posts", "memberships"].into_iter().all(|name| !list(name).is_empty()));
    let back: Popolo = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(back).unwrap(), json);
}

#[test]
fn neither_order_nor_repetition_nor_another_run_changes_anything() {
    let samples = samples();
    let data = Popolo::from_bulletins(&samples);
    for shift in 1..samples.len() {
        let (end, start) = samples.split_at(shift);
        assert_eq!(Popolo::from_bulletins(start.iter().chain(end)), data);
    }
    assert_eq!(Popolo::from_bulletins(samples.iter().rev()), data);
    let mut builder = Builder::new();
    samples.iter().chain(&samples).for_each(|bulletin| builder.add(bulletin));
    assert_eq!(builder.finish(), data);
    // Whoever has stored an id must find it again in the next version.
    let text = "Ông Cù Văn Đán, Bí thư Huyện ủy Ba Tơ, dự.";
    let known = popolo(&[("a", text)]);
    assert_eq!(known.organizations[0].id, "54a54849-c2b7-5a9a-8482-8cfb26be6049");
    assert_eq!(known.posts[0].id, "3d12663b-3fb9-574d-b479-812c6b2a379b");
    assert_eq!(known.persons[0].id, "2204446a-003d-5491-a762-db2029dc4ffa");
    assert_eq!(known.memberships[0].id, "a85303c4-cd10-55ea-a3d1-e23520057abb");
}

#[test]
fn a_post_in_common_makes_two_of_one_name_one_person() {
    let one = ("a", "Đồng chí Vũ Thị Mơ, Bí thư Huyện ủy Ba Tơ, chủ trì.");
    let two = ("b", "Đồng chí Vũ Thị Mơ – nguyên Bí thư Huyện ủy Ba Tơ, Giám đốc Sở Nội vụ Quảng Ngãi dự.");
    let three = ("c", "Bà Vũ Thị Mơ, Giám đốc Sở Nội vụ Quảng Ngãi, phát biểu.");
    let other = ("d", "Bà Vũ Thị Mơ, Giám đốc Sở Y tế Hà Nội, phát biểu.");
    assert_eq!(names(&popolo(&[one, three])), ["Vũ Thị Mơ", "Vũ Thị Mơ"]);
    // The second shares one post with each, the fourth none with anybody.
    let data = popolo(&[one, three, other, two]);
    assert_eq!(names(&data), ["Vũ Thị Mơ", "Vũ Thị Mơ"]);
    assert_eq!(data, popolo(&[two, other, three, one]));
    let held: Vec<usize> =
        data.persons.iter().map(|person| data.memberships.iter().filter(|held| held.person_id == person.id).count()).collect();
    assert_eq!(held.iter().max(), Some(&3), "present and past Bí thư, and Giám đốc");
}

#[test]
fn without_a_post_in_a_distinct_body_people_of_one_name_stay_apart() {
    for (a, b) in [
        ("Bà Vũ Thị Mơ phát biểu.", "Bà Vũ Thị Mơ trồng sắn."),
        // Which Sở, which district, which of the many Tân An?
        ("Bà Vũ Thị Mơ, Giám đốc Sở Y tế, phát biểu.", "Bà Vũ Thị Mơ, Giám đốc Sở Y tế, dự."),
        ("Bà Vũ Thị Mơ, Chủ tịch UBND huyện, phát biểu.", "Bà Vũ Thị Mơ, Chủ tịch UBND huyện, dự."),
        ("Bà Vũ Thị Mơ, Chủ tịch UBND xã Tân An, phát biểu.", "Bà Vũ Thị Mơ, Chủ tịch UBND xã Tân An, dự."),
        // A rank, a title without a body, another post of the same body.
        ("Đại tá Vũ Thị Mơ phát biểu.", "Đại tá Vũ Thị Mơ dự."),
        ("Đồng chí Vũ Thị Mơ – Tỉnh ủy viên phát biểu.", "Đồng chí Vũ Thị Mơ – Tỉnh ủy viên dự."),
        ("Bà Vũ Thị Mơ, Bí thư Huyện ủy Ba Tơ, phát biểu.", "Bà Vũ Thị Mơ, Phó Bí thư Huyện ủy Ba Tơ, dự."),
    ] {
        let data = popolo(&[("a", a), ("b", b)]);
        assert_eq!(names(&data), ["Vũ Thị Mơ", "Vũ Thị Mơ"], "{a}");
        assert_ne!(data.persons[0].id, data.persons[1].id);
        let distinct = data.organizations.iter().filter(|body| body.name.contains("Ba Tơ")).count();
        assert!(distinct == 1 || data.organizations.is_empty() || data.organizations.len() == 2, "{a}: {:?}", data.organizations);
    }
    // Without sources it is the mentions that tell the bulletins apart.
    let apart = popolo(&[("", "Bà Vũ Thị Mơ thăm Hội An ngày 1/2/2021."), ("", "Bà Vũ Thị Mơ trồng sắn ngày 3/2/2021.")]);
    assert_eq!(apart.persons.len(), 2);
    assert!(apart.persons.iter().all(|person| person.sources.is_empty()));
}

#[test]
fn two_whom_one_bulletin_tells_apart_stay_so() {
    let mut json = serde_json::to_value(&bulletins(&[("a", "Bà Vũ Thị Mơ phát biểu.")])[0]).unwrap();
    let person = json["entities"][0].clone();
    json["entities"].as_array_mut().unwrap().push(person);
    let bulletin: Bulletin = serde_json::from_value(json).unwrap();
    assert_eq!(names(&Popolo::from_bulletins([&bulletin, &bulletin])), ["Vũ Thị Mơ", "Vũ Thị Mơ"]);
}

#[test]
fn a_short_name_in_its_bulletin_is_the_person_and_alone_unites_nobody() {
    let data = popolo(&[("a", "Ông Cù Văn Đán, Bí thư Huyện ủy Ba Tơ, dự. Ông Đán nhấn mạnh ba việc.")]);
    assert_eq!(names(&data), ["Cù Văn Đán"]);
    assert_eq!(data.persons[0].family_name, None, "no common family name");
    let apart = popolo(&[("a", "Ông Đán, Bí thư Huyện ủy Ba Tơ, dự."), ("b", "Ông Đán, Bí thư Huyện ủy Ba Tơ, dự.")]);
    assert_eq!(names(&apart), ["Đán", "Đán"]);
    assert_eq!(apart.posts.len(), 1, "the post is one all the same");
}

#[test]
fn former_posts_say_so_in_role_label_and_plus_former() {
    let data = popolo(&[("a", "Ông Cù Văn Đán, nguyên Giám đốc Sở Y tế Hà Nội, Bí thư Huyện ủy Ba Tơ, dự.")]);
    assert_eq!(labels(&data), ["Bí thư Huyện ủy Ba Tơ", "nguyên Giám đốc Sở Y tế Hà Nội"]);
    let json = serde_json::to_value(&data).unwrap();
    let (present, past) = (&json["memberships"][0], &json["memberships"][1]);
    assert_eq!((present.get("+former"), &past["+former"]), (None, &Value::Bool(true)));
    assert_eq!((&present["role"], &past["role"]), (&"Bí thư".into(), &"nguyên Giám đốc".into()));
    let post = data.posts.iter().find(|post| post.id == past["post_id"].as_str().unwrap()).unwrap();
    assert_eq!((post.role.as_str(), post.label.as_str()), ("Giám đốc", "Giám đốc Sở Y tế Hà Nội"));
    assert_eq!((past.get("start_date"), past.get("end_date")), (None, None));
}

#[test]
fn titles_go_where_they_belong() {
    let data = popolo(&[(
        "https://example.org/1",
        "Đại tá, Tiến sĩ Trần Văn Bình – Tỉnh ủy viên, Đại biểu Quốc hội, Trưởng Ban Dân vận Tỉnh ủy Lào Cai, nguyên Hiệu trưởng dự.",
    )]);
    let person = &data.persons[0];
    assert_eq!((person.family_name.as_deref(), person.given_name.as_deref()), (Some("Trần"), Some("Bình")));
    assert_eq!(person.honorific_prefix.as_deref(), Some("Đại tá, Tiến sĩ"));
    assert_eq!(person.summary.as_deref(), Some("nguyên Hiệu trưởng; Tỉnh ủy viên"));
    assert_eq!(person.sources[0].url, "https://example.org/1");
    assert!(labels(&data).contains(&"Trưởng Ban Dân vận Tỉnh ủy Lào Cai"));
    assert_eq!(data.posts.len(), 1);
    for membership in &data.memberships {
        assert_eq!(membership.post_id.is_some(), membership.role == "Trưởng Ban", "a seat is no post");
        assert_eq!(membership.sources, person.sources);
    }
}

#[test]
fn a_source_is_a_link_with_the_day_of_publication() {
    let text = "Huyện ủy Ba Tơ họp\n12/11/2021\nÔng Cù Văn Đán, Bí thư Huyện ủy Ba Tơ, dự.";
    let data =
        popolo(&[("https://example.org/1", text), ("tin 2.txt", "Ông Cù Văn Đán, Bí thư Huyện ủy Ba Tơ, dự hội nghị ngày 3/4/2020.")]);
    let json = serde_json::to_value(&data.memberships[0].sources).unwrap();
    // Of the second it is only known that a conference was on that day.
    assert_eq!(
        json,
        serde_json::json!([{"url": "https://example.org/1", "note": "published 2021-11-12"}, {"url": "tin%202.txt", "note": "tin 2.txt"}])
    );
}

#[test]
fn a_body_has_its_parent_its_branch_and_its_other_names() {
    let data = popolo(&[
        ("a", "Ban Dân vận Tỉnh ủy Lào Cai họp với UBND tỉnh Lào Cai. Ông Cù Văn Đán, Phó Chủ tịch UBND tỉnh, dự."),
        ("b", "Tỉnh ủy Lào Cai họp."),
    ]);
    let body = |name: &str| data.organizations.iter().find(|body| body.name == name).unwrap();
    let (parent, child) = (body("Tỉnh ủy Lào Cai"), body("Ban Dân vận Tỉnh ủy Lào Cai"));
    assert_eq!(child.parent_id.as_ref(), Some(&parent.id));
    assert_eq!(
        (parent.parent_id.as_ref(), parent.sources.len()),
        (None, 2),
        "the body inside the first name is that of the second bulletin"
    );
    let committee = body("Ủy ban nhân dân tỉnh Lào Cai");
    assert_eq!(committee.other_names.iter().map(|other| other.name.as_str()).collect::<Vec<_>>(), ["UBND tỉnh", "UBND tỉnh Lào Cai"]);
    let json = serde_json::to_value([child, committee]).unwrap();
    assert_eq!((&json[0]["classification"], &json[1]["classification"]), (&"party".into(), &"government".into()));
    assert_eq!(body_of(&data, &data.memberships[0]), "Ủy ban nhân dân tỉnh Lào Cai");
    assert_eq!(data.organizations.len(), 3);
}
