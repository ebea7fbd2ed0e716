#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Service, router};
use crate::args::Serve;
use crate::config::Config;

const HOST: &str = "127.0.0.1:8017";

/// What the service answers.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn ask(method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", HOST);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).unwrap();
    let service = Service::new(&Serve { port: 0, max_body: 1, timeout: 20, lexicon: Vec::new() }, &Config::default()).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let response = router(service).oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, headers, body: String::from_utf8(body.into()).unwrap() }
    })
}

fn post(kind: &str, body: &str) -> Answer {
    ask("POST", "/extract", &[("content-type", kind)], body.to_owned())
}

#[test]
fn text_gives_the_bulletin_that_the_library_gives() {
    let text = "Chiều 12/11/2021, đồng chí Trần Thị Mai, Bí thư Quận ủy, dự hội nghị.";
    let answer = post("text/plain; charset=utf-8", text);
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json(), serde_json::to_value(bantin::Extractor::new().extract(text)).unwrap());
}

#[test]
fn json_chooses_day_kinds_offsets_and_explanations() {
    let wanted = json!({"text": "Ngày 5/3, ông Trần Văn Bình dự.", "ref_date": "2021-11-12", "kinds": ["date"], "offsets": "chars", "explain": true});
    let answer = post("application/json", &wanted.to_string()).json();
    assert_eq!(answer["dates"][0]["resolved"], "2021-03-05");
    assert_eq!(answer["dates"][0]["span"], json!({"start": 0, "end": 8}));
    assert_eq!(answer["persons"], json!([]));
    assert!(answer["explanations"].as_array().unwrap().iter().any(|e| e["fact"] == json!(["dates", 0])));
    let plain = post("application/json", "{\"text\": \"Ngày 5/3, ông Trần Văn Bình dự.\"}").json();
    assert_eq!(plain["persons"][0]["name"], "Trần Văn Bình");
    assert!(plain.get("explanations").is_none());
}

#[test]
fn records_come_back_line_by_line_in_their_order() {
    let lines = "{\"id\": 1, \"text\": \"Ngày 5/3/2020.\"}\n{bad\n\n{\"id\": 2}\n{\"text\": \"Bà Lê Thị Mơ vắng.\"}\n";
    let answer = post("application/x-ndjson", lines);
    assert_eq!(answer.headers["content-type"], "application/x-ndjson; charset=utf-8");
    let lines: Vec<Value> = answer.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!((&lines[0]["dates"][0]["resolved"], &lines[0]["record"]), (&json!("2020-03-05"), &json!({"id": 1})));
    assert_eq!(lines[1]["line"], 2);
    assert_eq!((&lines[2]["line"], &lines[2]["error"]), (&json!(4), &json!("no field `text` that is a string")));
    assert_eq!(lines[3]["persons"][0]["name"], "Lê Thị Mơ");
    assert!(lines[3].get("record").is_none());
}

#[test]
fn what_is_wrong_is_told_with_its_status_and_advice() {
    let long = "a ".repeat(600_000);
    let refused = [
        (post("application/x-www-form-urlencoded", "text=a"), 415),
        (post("text/plain; charset=windows-1258", "a"), 415),
        (ask("POST", "/extract", &[("content-type", "text/plain")], vec![b'a', 0xff]), 400),
        (post("application/json", "{\"text\": 1}"), 400),
        (post("application/json", "{\"text\": \"a\", \"kind\": []}"), 400),
        (post("application/json", "{\"text\": \"a\", \"kinds\": [\"animal\"]}"), 400),
        (post("application/json", "{\"text\": \"a\", \"ref_date\": \"2021-13-01\"}"), 400),
        (post("text/plain", &long), 413),
        (ask("GET", "/extract", &[], ""), 405),
        (ask("GET", "/nothing", &[], ""), 404),
        (ask("POST", "/page", &[("content-type", "application/json")], "{}"), 415),
    ];
    for (answer, status) in refused {
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
        let told = answer.json();
        assert!(!told["error"].as_str().unwrap().is_empty() && !told["advice"].as_str().unwrap().is_empty(), "{told}");
    }
}

#[test]
fn other_sites_and_other_names_are_refused() {
    for host in ["evil.example", "evil.example:8017", "127.0.0.1.evil.example", ""] {
        assert_eq!(ask("GET", "/", &[("host", host)], "").status, StatusCode::FORBIDDEN, "{host}");
    }
    for host in ["localhost:8017", "[::1]:8017", "127.0.0.1", "LOCALHOST"] {
        assert_eq!(ask("GET", "/", &[("host", host)], "").status, StatusCode::OK, "{host}");
    }
    let origin = |origin| ask("POST", "/extract", &[("content-type", "text/plain"), ("origin", origin)], "a").status;
    for foreign in ["http://evil.example", "null", "https://127.0.0.1:8017", "http://127.0.0.1:9999"] {
        assert_eq!(origin(foreign), StatusCode::FORBIDDEN, "{foreign}");
    }
    assert_eq!(origin("http://127.0.0.1:8017"), StatusCode::OK);
    let cross = ask("POST", "/extract", &[("content-type", "text/plain"), ("sec-fetch-site", "cross-site")], "a");
    assert_eq!(cross.status, StatusCode::FORBIDDEN);
}

#[test]
fn every_answer_forbids_what_a_page_from_here_does_not_need() {
    for answer in
        [ask("GET", "/", &[], ""), ask("GET", "/nothing", &[], ""), post("text/plain", "a"), ask("GET", "/", &[("host", "x")], "")]
    {
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("connect-src 'self'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

#[test]
fn the_page_is_made_whole_or_in_part() {
    let text = "Xã kết nạp 9/6 đảng viên mới, bằng 130% kế hoạch.";
    let page = |path| ask("POST", path, &[("content-type", "text/plain")], text);
    let (whole, part) = (page("/page").body, page("/page?fragment").body);
    assert!(whole.starts_with("<!DOCTYPE html>") && whole.contains("tính ra 150%"));
    assert!(part.starts_with("<article") && part.contains("tính ra 150%"));
    assert!(ask("GET", "/", &[], "").body.contains("<textarea"));
}

#[test]
fn it_tells_that_it_is_there() {
    let health = ask("GET", "/healthz", &[], "");
    assert_eq!(health.json(), json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "schema": "bantin/1"}));
}

#[test]
fn the_openapi_document_resolves_within_itself() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, field)| match field {
                Value::String(target) if name == "$ref" => found.push(target.clone()),
                field => references(field, found),
            }),
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = ask("GET", "/openapi.json", &[], "").json();
    assert_eq!(document["openapi"], "3.1.0");
    for path in ["/", "/page", "/extract", "/healthz", "/openapi.json"] {
        assert!(document["paths"].get(path).is_some(), "{path}");
    }
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for target in found {
        let pointer = target.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{target}");
    }
    assert!(document["components"]["schemas"]["Bulletin"]["properties"]["persons"].is_object());
}
