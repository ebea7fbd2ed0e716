//! What `GET /openapi.json` says: all paths, what goes in and what comes out.

use bantin::Kind;
use serde_json::{Map, Value, json};

/// The OpenAPI 3.1 document.
pub fn document() -> Value {
    let kinds = Kind::ALL.map(Kind::name);
    let mut schemas = bulletin();
    schemas.insert(
        "Error".to_owned(),
        json!({
            "type": "object", "required": ["error", "advice"],
            "properties": {"error": {"type": "string"}, "advice": {"type": "string", "description": "What to do about it."}}
        }),
    );
    schemas.insert(
        "Wanted".to_owned(),
        json!({
            "type": "object", "required": ["text"], "additionalProperties": false,
            "properties": {
                "text": {"type": "string"},
                "ref_date": {"type": ["string", "null"], "format": "date", "description": "The day of publication, against which dates without a year resolve."},
                "kinds": {"type": ["array", "null"], "items": {"enum": kinds}, "description": "The kinds wanted; all of them without it."},
                "offsets": {"enum": ["bytes", "chars", "utf16"], "default": "bytes", "description": "What spans count."},
                "explain": {"type": "boolean", "default": false, "description": "Adds `explanations`: of each fact the rule, the evidence, and what was refused and why."}
            }
        }),
    );
    schemas.insert(
        "Line".to_owned(),
        json!({
            "oneOf": [
                {"allOf": [reference("Bulletin"), {"type": "object", "properties": {"record": {"type": "object", "description": "The record's fields besides `text`."}}}]},
                {"type": "object", "required": ["error", "line"], "properties": {"error": {"type": "string"}, "line": {"type": "integer", "minimum": 1}}}
            ]
        }),
    );
    let text = json!({"schema": {"type": "string"}});
    let html = json!({"text/html": {"schema": {"type": "string"}}});
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "bantin", "version": env!("CARGO_PKG_VERSION"),
            "description": "Typed facts from Vietnamese bulletins, each with its exact span in the text.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": [{"url": "/"}],
        "security": [],
        "paths": {
            "/": {"get": {"operationId": "live", "summary": "The page to look at, live", "responses": {"200": {"description": "The page", "content": html}}}},
            "/page": {"post": {
                "operationId": "page",
                "summary": "A text in, a page with its facts marked out",
                "description": "Texts to 1 MB.",
                "parameters": [{
                    "name": "fragment", "in": "query", "allowEmptyValue": true, "schema": {"const": ""},
                    "description": "Only the part inside the page."
                }],
                "requestBody": {"required": true, "content": {"text/plain": text}},
                "responses": responses("One offline HTML document", &html)
            }},
            "/extract": {"post": {
                "operationId": "extract",
                "summary": "The facts of a text, or of many",
                "description": "Many records, one JSON object a line, with the text in `text`, give one line each, in their order.",
                "requestBody": {"required": true, "content": {
                    "text/plain": text,
                    "application/json": {"schema": reference("Wanted")},
                    "application/x-ndjson": {"schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}}
                }},
                "responses": responses("The facts", &json!({
                    "application/json": {"schema": reference("Bulletin")},
                    "application/x-ndjson": {"schema": reference("Line")}
                }))
            }},
            "/healthz": {"get": {"operationId": "health", "summary": "Whether it is there", "responses": {"200": {"description": "It is", "content": {"application/json": {"schema": {
                "type": "object", "required": ["status", "version", "schema"],
                "properties": {"status": {"const": "ok"}, "version": {"type": "string"}, "schema": {"const": bantin::SCHEMA}}
            }}}}}}},
            "/openapi.json": {"get": {"operationId": "openapi", "summary": "This document", "responses": {"200": {"description": "This document", "content": {"application/json": {"schema": {"type": "object"}}}}}}}
        },
        "components": {"schemas": schemas}
    })
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

/// The answers of a path that reads a body.
fn responses(good: &str, content: &Value) -> Value {
    let mut all = Map::new();
    all.insert("200".to_owned(), json!({"description": good, "content": content}));
    let refusals = [
        ("400", "The body is not UTF-8, or not the JSON that is wanted"),
        ("403", "The Host header names another machine, or another site sent the request"),
        ("413", "The body is too large"),
        ("415", "The Content-Type is not read here"),
        ("500", "The extraction failed"),
        ("503", "It took too long"),
    ];
    for (status, description) in refusals {
        let content = json!({"application/json": {"schema": reference("Error")}});
        all.insert(status.to_owned(), json!({"description": description, "content": content}));
    }
    Value::Object(all)
}

/// The schemas of a bulletin and of all that is in it, with their references to each other as OpenAPI wants them.
fn bulletin() -> Map<String, Value> {
    let mut root = bantin::schema().to_value();
    let parts = root.as_object_mut().and_then(|object| {
        object.remove("$schema");
        object.remove("$defs")
    });
    let mut schemas = match parts {
        Some(Value::Object(parts)) => parts,
        _ => Map::new(),
    };
    schemas.insert("Bulletin".to_owned(), root);
    schemas.values_mut().for_each(relink);
    schemas
}

fn relink(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(target) if name == "$ref" => *target = target.replacen("#/$defs/", "#/components/schemas/", 1),
                    field => relink(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(relink),
        _ => {}
    }
}
