//! The JSON Schema of the output.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;

use crate::bulletin::Bulletin;

/// The JSON Schema (draft 2020-12) of one [`Bulletin`] as JSON; it is also committed as `docs/bulletin.schema.json`.
///
/// Fields that hold nothing may be null or left out; later versions may add fields.
///
/// ```
/// let schema = bantin::schema();
/// assert_eq!(schema.get("title").and_then(|title| title.as_str()), Some("Bulletin"));
/// ```
#[must_use]
pub fn schema() -> Schema {
    // The documentation's example code says nothing to readers of JSON.
    let without_code = RecursiveTransform(|schema: &mut Schema| {
        let words = schema.get("description").and_then(|text| text.as_str()?.split_once("\n\n```")).map(|(words, _)| words.to_owned());
        if let Some(words) = words {
            schema.insert("description".to_owned(), words.into());
        }
    });
    SchemaSettings::draft2020_12().with_transform(without_code).into_generator().into_root_schema_for::<Bulletin>()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::{Extractor, OffsetUnit};

    const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/bulletin.schema.json");

    /// `BANTIN_WRITE_SCHEMA=1 cargo test` (`just schema`) writes the file anew.
    #[test]
    fn the_committed_schema_is_that_of_the_code() {
        let made = super::schema().to_value();
        if std::env::var_os("BANTIN_WRITE_SCHEMA").is_some() {
            std::fs::write(COMMITTED, serde_json::to_string_pretty(&made).unwrap() + "\n").unwrap();
        }
        // Not as text: the order of an object's fields is another where the program is built, too.
        let committed: Value = serde_json::from_str(&std::fs::read_to_string(COMMITTED).unwrap()).unwrap();
        assert_eq!(committed, made, "`just schema` writes it anew");
    }

    fn validator() -> jsonschema::Validator {
        jsonschema::validator_for(super::schema().as_value()).unwrap()
    }

    fn complaints(validator: &jsonschema::Validator, json: &Value) -> Vec<String> {
        validator.iter_errors(json).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    #[test]
    fn what_comes_out_keeps_to_the_schema() {
        let (extractor, validator) = (Extractor::new(), validator());
        for path in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples")).unwrap().map(|entry| entry.unwrap().path()) {
            let text = std::fs::read_to_string(&path).unwrap();
            let mut bulletin = extractor.extract(&text);
            bulletin.convert_offsets(&text, OffsetUnit::Utf16);
            assert_eq!(complaints(&validator, &serde_json::to_value(bulletin).unwrap()), Vec::<String>::new(), "{}", path.display());
        }
    }

    /// The object that `docs/output.md` shows.
    #[test]
    fn the_example_of_the_documentation_keeps_to_the_schema() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/output.md")).unwrap();
        let examples: Vec<&str> = page.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
        let whole: Vec<Value> = examples.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
        let whole: Vec<&Value> = whole.iter().filter(|json| json["schema"].is_string()).collect();
        assert!(!whole.is_empty(), "the page shows no whole object");
        for json in whole {
            assert_eq!(complaints(&validator(), json), Vec::<String>::new());
        }
    }

    #[test]
    fn the_example_of_the_documentation_is_what_comes_out() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/output.md")).unwrap();
        let quoted = page.lines().skip_while(|line| !line.starts_with("> Sáng 18/8")).take_while(|line| line.starts_with("> "));
        let text = quoted.map(|line| line.trim_start_matches("> ")).collect::<Vec<_>>().join(" ");
        let mut bulletin = Extractor::new().extract_on(&text, Some(jiff::civil::date(2022, 8, 19)));
        bulletin.source = Some("hai-an.txt".to_owned());
        let shown: Value = serde_json::from_str(page.split("```json\n").nth(1).unwrap().split("```").next().unwrap()).unwrap();
        assert_eq!(serde_json::to_value(bulletin).unwrap(), shown);
    }

    /// The fields that the first version had are enough, so that what was written then stays valid, and is read.
    #[test]
    fn fields_that_came_later_may_be_left_out() {
        let json = serde_json::json!({
            "schema": "bantin/1", "source": "a.txt",
            "persons": [{"name": "Lê Thị Mơ", "honorific": "đồng chí", "span": {"start": 0, "end": 10}, "text": "Lê Thị Mơ", "titles": [
                {"text": "TUV", "role": "Thành ủy viên", "organization": null, "kind": "membership", "former": false, "span": {"start": 0, "end": 3}}
            ]}],
            "organizations": [], "dates": [], "ratios": [], "percents": [], "quantities": [], "money": [],
            "documents": [{"type": "Kết luận", "number": "79-KL/TW", "date": "2024-05-13", "issuer": "Bộ Chính trị", "title": null,
                           "span": {"start": 0, "end": 9}, "text": "Kết luận"}],
            "places": [], "quotes": [],
            "entities": [
                {"kind": "person", "name": "Lê Thị Mơ", "mentions": 1,
                 "posts": [{"role": "Bí thư", "organization": "Quận ủy Long Biên", "organization_entity": 1, "former": false}]},
                {"kind": "organization", "name": "Quận ủy Long Biên", "aliases": ["Quận ủy"], "parent": null, "mentions": 6}],
            "indicators": [{"label": "kết nạp đảng viên mới", "actual": 6, "target": 5, "unit": "đảng viên", "percent": 120.0,
                            "basis": "kế hoạch năm", "consistent": true, "period": "2021", "span": {"start": 0, "end": 1}, "text": "k"}],
            "header": {"headline": "Tin", "published": "2021-11-12", "place": null, "byline": null, "source": "Quận ủy", "url": "https://example.vn"}
        });
        assert_eq!(complaints(&validator(), &json), Vec::<String>::new());
        assert!(serde_json::from_value::<crate::Bulletin>(json).is_ok());
    }

    #[test]
    fn what_is_none_of_it_is_refused() {
        let validator = validator();
        let mut json = serde_json::to_value(Extractor::new().extract("Ông Cù Văn Đán, Chủ tịch UBND huyện Ba Tơ, dự.")).unwrap();
        json["persons"][0]["titles"][0]["kind"] = "job".into();
        assert!(!validator.is_valid(&json));
        json["persons"][0]["titles"][0]["kind"] = "post".into();
        assert!(validator.is_valid(&json));
        json["persons"][0]["span"]["start"] = "0".into();
        assert!(!validator.is_valid(&json));
    }
}
