//! Which mentions are one person or one body, under which name, with which posts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use bantin::{Bulletin, Entity, Extractor, Kind, Post, TitleKind};

fn persons(bulletin: &Bulletin) -> Vec<(&str, usize, &[Post])> {
    let person = |entity| match entity {
        &Entity::Person { ref name, mentions, ref posts } => Some((name.as_str(), mentions, posts.as_slice())),
        _ => None,
    };
    bulletin.entities.iter().filter_map(person).collect()
}

fn bodies(text: &str) -> Vec<(String, usize)> {
    let body = |entity| match entity {
        Entity::Organization { name, mentions, .. } => Some((name, mentions)),
        _ => None,
    };
    Extractor::new().extract(text).entities.into_iter().filter_map(body).collect()
}

#[test]
fn a_short_or_repeated_name_is_the_persons_and_posts_are_united() {
    let text = "Đồng chí Vũ Thị Mơ, Bí thư Huyện ủy Ba Tơ, chủ trì. Bà Mơ nhấn mạnh ba việc. Ông Cù Văn Đán, Chủ tịch UBND huyện, báo cáo.\n\
                Kết luận, đồng chí Vũ Thị Mơ, Trưởng đoàn giám sát, giao ông Đán thực hiện.";
    let bulletin = Extractor::new().extract(text);
    let found = persons(&bulletin);
    assert_eq!(found.iter().map(|(name, mentions, _)| (*name, *mentions)).collect::<Vec<_>>(), [("Vũ Thị Mơ", 3), ("Cù Văn Đán", 2)]);
    let roles = |n: usize| found[n].2.iter().map(|post| (post.role.as_str(), post.organization.as_deref())).collect::<Vec<_>>();
    assert_eq!(roles(0)[0], ("Bí thư", Some("Huyện ủy Ba Tơ")));
    assert_eq!(roles(0).len(), 2);
    assert_eq!(roles(1), [("Chủ tịch", Some("Ủy ban nhân dân huyện Ba Tơ"))]);
}

#[test]
fn a_bare_level_takes_the_place_that_the_text_is_about() {
    let text = "Huyện ủy Ba Tơ họp. Dự có Thường trực HĐND huyện, UBND huyện. Huyện ủy giao Ban Dân vận Huyện ủy. Trụ sở ở huyện Ba Tơ.";
    assert_eq!(
        bodies(text),
        [
            ("Huyện ủy Ba Tơ".to_owned(), 2),
            ("Thường trực Hội đồng nhân dân huyện Ba Tơ".to_owned(), 1),
            ("Ủy ban nhân dân huyện Ba Tơ".to_owned(), 1),
            ("Ban Dân vận Huyện ủy Ba Tơ".to_owned(), 1),
        ]
    );
}

#[test]
fn between_two_places_a_bare_level_stays_as_it_is() {
    let text = "Lãnh đạo huyện Ba Tơ và huyện Sơn Hà dự. UBND huyện báo cáo.";
    assert_eq!(bodies(text), [("Ủy ban nhân dân huyện".to_owned(), 1)]);
}

#[test]
fn a_name_that_begins_one_longer_name_is_that_body_but_a_complete_name_is_not() {
    let text = "Đảng ủy Khối các cơ quan tỉnh Lào Cai họp. Đảng ủy Khối kết luận. Quốc hội Lào thăm Quốc hội.";
    let names: Vec<String> = bodies(text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("Đảng ủy")).count(), 1, "{names:?}");
    assert_eq!(names.iter().filter(|name| name.starts_with("Quốc hội")).count(), 2, "{names:?}");
}

#[test]
fn ways_of_writing_one_city_are_one_body() {
    let text = "UBND TP.HCM chỉ đạo. UBND Thành phố Hồ Chí Minh yêu cầu. Ủy ban nhân dân TP Hồ Chí Minh giao.";
    assert_eq!(bodies(text).len(), 1);
}

#[test]
fn a_distinct_name_is_one_bodys_in_the_whole_country() {
    let extractor = Extractor::new();
    let distinct = |text: &str| match extractor.extract(text).entities.as_slice() {
        [Entity::Organization { distinct, .. }] => *distinct,
        other => panic!("{text}: {other:?}"),
    };
    for text in [
        "Bộ Y tế họp.",
        "Quốc hội họp.",
        "Huyện ủy Ba Tơ họp.",
        "Sở Y tế Hòa Bình họp.", // a province, whatever communes are called so
        "Văn phòng UBND tỉnh Hòa Bình họp.",
        "UBND xã Hang Kia họp.",
        "UBND TP.HCM họp.",
        "Công ty Cổ phần Cơ khí Phú Lâm họp.",
        "Trung đoàn 812 họp.",
        "Vụ Pháp chế Bộ Y tế họp.",
    ] {
        assert!(distinct(text), "{text}");
    }
    for text in [
        "Sở Y tế họp.",
        "Đảng ủy họp.",
        "UBND tỉnh họp.",
        "Ban Dân vận Tỉnh ủy họp.",
        "Phòng Giáo dục và Đào tạo họp.",
        "UBND xã Tân An họp.",
        "Đảng ủy phường 5 họp.",
        "Huyện ủy Châu Thành họp.",
        "Chi bộ thôn Phú Hải họp.",
    ] {
        assert!(!distinct(text), "{text}");
    }
    // The place that the text is about makes it so.
    let bulletin = extractor.extract("UBND huyện họp ở huyện Ba Tơ.");
    assert!(matches!(&bulletin.entities[0], Entity::Organization { name, distinct: true, .. } if name == "Ủy ban nhân dân huyện Ba Tơ"));
}

#[test]
fn the_body_inside_a_name_is_written_out_too() {
    let bulletin = Extractor::new().extract("Văn phòng UBND tỉnh Lào Cai họp.");
    assert!(
        matches!(&bulletin.entities[0], Entity::Organization { parent: Some(parent), .. } if parent == "Ủy ban nhân dân tỉnh Lào Cai"),
        "{:?}",
        bulletin.entities
    );
}

#[test]
fn a_post_has_the_kind_of_its_title() {
    let bulletin = Extractor::new().extract("Đại tá, Tiến sĩ Vũ Thị Mơ – Tỉnh ủy viên, Bí thư Huyện ủy Ba Tơ dự.");
    let kinds: Vec<TitleKind> = persons(&bulletin)[0].2.iter().map(|post| post.kind).collect();
    assert_eq!(kinds, [TitleKind::Rank, TitleKind::Degree, TitleKind::Membership, TitleKind::Post]);
}

#[test]
fn every_mention_is_of_an_entity_of_its_kind_and_the_counts_add_up() {
    let extractor = Extractor::new();
    for path in std::fs::read_dir("data/samples").unwrap().map(|entry| entry.unwrap().path()) {
        let bulletin = extractor.extract(&std::fs::read_to_string(&path).unwrap());
        let mut counts = vec![0; bulletin.entities.len()];
        for person in &bulletin.persons {
            let at = person.entity.unwrap();
            assert!(matches!(bulletin.entities[at], Entity::Person { .. }), "{path:?}: {}", person.name);
            counts[at] += 1;
        }
        for body in &bulletin.organizations {
            let at = body.entity.unwrap();
            assert!(matches!(bulletin.entities[at], Entity::Organization { .. }), "{path:?}: {}", body.name);
            counts[at] += 1;
        }
        let said: Vec<usize> = bulletin
            .entities
            .iter()
            .map(|entity| match entity {
                Entity::Person { mentions, .. } | Entity::Organization { mentions, .. } => *mentions,
                _ => 0,
            })
            .collect();
        assert_eq!(counts, said, "{path:?}");
    }
}

#[test]
fn without_one_of_the_two_kinds_there_are_no_entities() {
    let extractor = Extractor::builder().kinds(&[Kind::Person]).build().unwrap();
    let bulletin = extractor.extract("Ông Cù Văn Đán, Chủ tịch UBND huyện Ba Tơ, dự.");
    assert!(bulletin.entities.is_empty());
    assert_eq!(bulletin.persons[0].entity, None);
}

#[test]
fn in_json_an_entity_says_its_kind() {
    let bulletin = Extractor::new().extract("Ông Cù Văn Đán, Chủ tịch UBND huyện Ba Tơ, dự.");
    let json = serde_json::to_value(&bulletin).unwrap();
    let person = json["entities"].as_array().unwrap().iter().find(|entity| entity["kind"] == "person").unwrap();
    assert_eq!(person["posts"][0]["role"], "Chủ tịch");
    assert_eq!(person["posts"][0]["organization"], "Ủy ban nhân dân huyện Ba Tơ");
    let body = usize::try_from(person["posts"][0]["organization_entity"].as_u64().unwrap()).unwrap();
    assert_eq!(json["entities"][body]["kind"], "organization");
}
