//! `bantin serve`: the page live, and an HTTP interface for programs, on the loopback interface of this machine alone.

mod openapi;

use std::io::Write;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bantin::jiff::civil::Date;
use bantin::{Extractor, Kind, OffsetUnit};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::args::{Common, Serve};
use crate::config::{Config, OwnTable, with};
use crate::error::{Error, tell};
use crate::page::{self, Entry};

/// Serves until a signal stops it; what runs then is finished.
pub fn run(arguments: &Serve, config: &Config, common: &Common) -> Result<bool, Error> {
    let service = Service::new(arguments, config)?;
    let time = service.time;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new("serve", format!("no threads to serve with: {error}")))?;
    let served = runtime.block_on(async {
        let place = format!("127.0.0.1:{}", arguments.port);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
            .await
            .map_err(|error| Error::new(&place, error).advise("choose another port with --port; 0 takes a free one"))?;
        let port = listener.local_addr().map_err(|error| Error::new(&place, error))?.port();
        let mut out = std::io::stdout();
        // Whoever started us without listening to us is served all the same.
        let _ = writeln!(out, "http://127.0.0.1:{port}/").and_then(|()| out.flush());
        if !common.quiet {
            tell("Ctrl-C stops it");
        }
        let (told, mut stopping) = tokio::sync::watch::channel(false);
        let stop = async move {
            signal().await;
            let _ = told.send(true);
        };
        let serving = axum::serve(listener, router(service)).with_graceful_shutdown(stop);
        let patience = async {
            let _ = stopping.wait_for(|stopped| *stopped).await;
            tokio::time::sleep(time.saturating_add(Duration::from_secs(1))).await;
        };
        tokio::select! {
            served = serving => served.map_err(|error| Error::new(&place, error)),
            // A client that neither sends nor hangs up does not keep us.
            () = patience => Ok(()),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served.map(|()| true)
}

/// Waits for an interrupt or termination signal.
async fn signal() {
    let interrupt = async { tokio::signal::ctrl_c().await.is_ok() };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await.is_some(),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<bool>();
    tokio::select! { _ = interrupt => {}, _ = terminate => {} }
}

/// What all requests share.
struct Service {
    extractor: Extractor,
    /// The user's tables, read once: an extractor for chosen kinds is built from them.
    tables: Vec<OwnTable>,
    /// As many extractions at once as there are cores.
    turns: Arc<Semaphore>,
    time: Duration,
    most: usize,
}

impl Service {
    fn new(arguments: &Serve, config: &Config) -> Result<Service, Error> {
        let tables = config.tables(&arguments.lexicon)?;
        let extractor = with(Extractor::builder(), &tables)?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Service {
            extractor,
            tables,
            turns: Arc::new(Semaphore::new(cores)),
            time: Duration::from_secs(arguments.timeout.max(1)),
            most: arguments.max_body.max(1).saturating_mul(1_000_000),
        })
    }
}

/// What goes wrong with a request: the status, what is wrong, what to do.
#[derive(Debug)]
struct Refusal(StatusCode, String, &'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Refusal(status, error, advice) = self;
        (status, json_body(&json!({ "error": error, "advice": advice }))).into_response()
    }
}

fn json_body(value: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json; charset=utf-8")], format!("{value}\n")).into_response()
}

/// All that is answered.
fn router(service: Service) -> Router {
    let service = Arc::new(service);
    let absent = async || Refusal(StatusCode::NOT_FOUND, "there is no such page".into(), "GET /openapi.json tells what there is");
    let no_method = async || {
        Refusal(StatusCode::METHOD_NOT_ALLOWED, "this page does not take the method".into(), "GET /openapi.json tells which one it takes")
    };
    Router::new()
        .route("/", get(async || html_body(page::live())))
        .route("/page", post(show))
        .route("/extract", post(extract))
        .route(
            "/healthz",
            get(async || json_body(&json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "schema": bantin::SCHEMA }))),
        )
        .route("/openapi.json", get(async || json_body(&openapi::document())))
        .fallback(absent)
        .method_not_allowed_fallback(no_method)
        .layer(from_fn_with_state(Arc::clone(&service), guard))
        .with_state(service)
}

fn html_body(page: String) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// What holds for every request: it comes from this machine's own pages or programs, takes no longer than it may, and its answer runs nothing foreign.
async fn guard(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let head = *request.method() == Method::HEAD;
    let mut response = match own(request.method(), request.headers()) {
        Err(refusal) => refusal.into_response(),
        Ok(()) => match tokio::time::timeout(service.time, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Refusal(
                StatusCode::SERVICE_UNAVAILABLE,
                format!("it took longer than {} s", service.time.as_secs()),
                "send less at once, or start `bantin serve` with a longer --timeout",
            )
            .into_response(),
        },
    };
    if head {
        *response.body_mut() = Body::empty();
    }
    let policy =
        page::policy("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src data:; connect-src 'self'");
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &str); 4] = [
        (CONTENT_SECURITY_POLICY, &policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

/// Refuses what a foreign web page makes the user's browser send: requests under a name that only now points to this machine (DNS rebinding), and
/// requests that change or compute something from another origin.
fn own(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    if !["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return Err(Refusal(
            StatusCode::FORBIDDEN,
            "the Host header names another machine".into(),
            "ask http://127.0.0.1 or http://localhost",
        ));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let foreign = headers.get(ORIGIN).is_some_and(|origin| origin.as_bytes() != format!("http://{host}").as_bytes());
    let cross = headers.get("sec-fetch-site").is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"));
    if foreign || cross {
        return Err(Refusal(
            StatusCode::FORBIDDEN,
            "another site sent this".into(),
            "send it from the page itself, or from a program without Origin",
        ));
    }
    Ok(())
}

/// The whole body as text.
async fn text_of(service: &Service, headers: &HeaderMap, body: Body) -> Result<String, Refusal> {
    let too_large = || {
        let limit = service.most / 1_000_000;
        Refusal(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is larger than {limit} MB"),
            "send less at once, or start `bantin serve` with a larger --max-body",
        )
    };
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > service.most) {
        return Err(too_large());
    }
    let bytes = to_bytes(body, service.most).await.map_err(|_| too_large())?;
    String::from_utf8(bytes.into()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Refusal(
            StatusCode::BAD_REQUEST,
            format!("the body is not UTF-8: byte {at}"),
            "send it as UTF-8; `bantin normalize` converts other encodings",
        )
    })
}

/// What a body is, by its Content-Type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Text,
    Json,
    Records,
}

fn sent(headers: &HeaderMap) -> Result<Sent, Refusal> {
    let Some(kind) = headers.get(CONTENT_TYPE) else { return Ok(Sent::Text) };
    let kind = String::from_utf8_lossy(kind.as_bytes()).to_ascii_lowercase();
    let (name, parameters) = kind.split_once(';').unwrap_or((&kind, ""));
    let utf8 = parameters
        .split(';')
        .filter_map(|p| p.trim().strip_prefix("charset="))
        .all(|set| matches!(set.trim_matches('"'), "utf-8" | "utf8" | "us-ascii"));
    match name.trim() {
        "text/plain" if utf8 => Ok(Sent::Text),
        "application/json" if utf8 => Ok(Sent::Json),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" if utf8 => Ok(Sent::Records),
        _ => Err(Refusal(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("{kind} is not read here"),
            "send text/plain, application/json or application/x-ndjson, in UTF-8: curl -H 'Content-Type: text/plain' --data-binary @FILE",
        )),
    }
}

/// Runs something long on a thread of its own when a core is free, so that the others are answered meanwhile.
async fn in_turn<T: Send + 'static>(service: &Arc<Service>, work: impl FnOnce(&Service) -> T + Send + 'static) -> Result<T, Refusal> {
    let failed = || Refusal(StatusCode::INTERNAL_SERVER_ERROR, "the extraction failed".into(), "tell us with the text, if you may");
    let turn = Arc::clone(&service.turns).acquire_owned().await.map_err(|_| failed())?;
    let service = Arc::clone(service);
    let done = tokio::task::spawn_blocking(move || {
        let done = work(&service);
        drop(turn); // Only now, even where nobody waits for the answer any more.
        done
    });
    done.await.map_err(|_| failed())
}

/// `POST /page`: a text in, a page out; with `?fragment` only the part that the live page puts into itself.
async fn show(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    if sent(&parts.headers)? != Sent::Text {
        return Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a page is made of text/plain".into(), "POST /extract reads JSON"));
    }
    let text = text_of(&service, &parts.headers, body).await?;
    if text.len() > page::LARGEST {
        return Err(Refusal(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("Văn bản dài {:.1} MB, trang này hiện tối đa {} MB.", text.len() as f64 / 1e6, page::LARGEST / 1_000_000),
            "Hãy chia nhỏ, hoặc dùng POST /extract hay bantin extract.",
        ));
    }
    let part = matches!(parts.uri.query(), Some("fragment" | "fragment="));
    in_turn(&service, move |service| {
        let explained = service.extractor.explain(&text, None);
        let title = explained.bulletin.header.headline.clone().unwrap_or_else(|| "Bản tin".to_owned());
        let entry = Entry { source: String::new(), text, bulletin: explained.bulletin, explanations: explained.explanations };
        if part { page::fragment(&entry) } else { page::page(&title, &[entry]) }
    })
    .await
    .map(html_body)
}

/// The body of `POST /extract` as application/json.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    text: String,
    #[serde(default)]
    ref_date: Option<Date>,
    #[serde(default)]
    kinds: Option<Vec<String>>,
    #[serde(default)]
    offsets: Unit,
    #[serde(default)]
    explain: bool,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    #[default]
    Bytes,
    Chars,
    Utf16,
}

/// `POST /extract`: a text, a question about a text, or many records in; facts out.
async fn extract(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let sent = sent(&parts.headers)?;
    let text = text_of(&service, &parts.headers, body).await?;
    let done = match sent {
        Sent::Text => {
            let json = in_turn(&service, move |service| serde_json::to_string(&service.extractor.extract(&text))).await?;
            json.map_err(|error| unwritable(&error))?
        }
        Sent::Json => {
            let wanted = serde_json::from_str(&text).map_err(|error| {
                Refusal(StatusCode::BAD_REQUEST, format!("the JSON can't be used: {error}"), "GET /openapi.json tells its fields")
            })?;
            in_turn(&service, move |service| answer(service, &wanted)).await??
        }
        Sent::Records => {
            let lines = in_turn(&service, move |service| records(service, &text)).await?;
            return Ok(([(CONTENT_TYPE, "application/x-ndjson; charset=utf-8")], lines).into_response());
        }
    };
    Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], done + "\n").into_response())
}

fn unwritable(error: &serde_json::Error) -> Refusal {
    Refusal(StatusCode::INTERNAL_SERVER_ERROR, format!("the facts can't be written: {error}"), "tell us with the text, if you may")
}

/// The facts that a JSON body asks for.
fn answer(service: &Service, wanted: &Wanted) -> Result<String, Refusal> {
    let chosen = match &wanted.kinds {
        None => None,
        Some(names) => {
            let kinds = names.iter().map(|name| kind(name)).collect::<Result<Vec<_>, _>>()?;
            let built = with(Extractor::builder().kinds(&kinds), &service.tables);
            Some(built.map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "check the tables of --lexicon"))?)
        }
    };
    let extractor = chosen.as_ref().unwrap_or(&service.extractor);
    let unit = match wanted.offsets {
        Unit::Bytes => OffsetUnit::Bytes,
        Unit::Chars => OffsetUnit::Chars,
        Unit::Utf16 => OffsetUnit::Utf16,
    };
    let json = if wanted.explain {
        let mut explained = extractor.explain(&wanted.text, wanted.ref_date);
        explained.convert_offsets(&wanted.text, unit);
        serde_json::to_string(&explained)
    } else {
        let mut bulletin = extractor.extract_on(&wanted.text, wanted.ref_date);
        bulletin.convert_offsets(&wanted.text, unit);
        serde_json::to_string(&bulletin)
    };
    json.map_err(|error| unwritable(&error))
}

fn kind(name: &str) -> Result<Kind, Refusal> {
    let names = || Kind::ALL.map(Kind::name).join(", ");
    Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| Refusal(StatusCode::BAD_REQUEST, format!("no kind is called {name:?}"), "").advise(names()))
}

impl Refusal {
    /// Adds the names that would do.
    fn advise(mut self, names: String) -> Refusal {
        self.1 = format!("{}; the kinds are {names}", self.1);
        self.2 = "leave out `kinds` for all of them";
        self
    }
}

/// One line for each line: the facts, or what is wrong with it. Fields besides `text` come back under `record`; empty lines give nothing.
fn records(service: &Service, lines: &str) -> String {
    let mut worker = service.extractor.worker();
    let begun = std::time::Instant::now();
    let mut out = String::new();
    for (n, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        // Nobody waits for the rest any more.
        if begun.elapsed() > service.time {
            break;
        }
        let made = serde_json::from_str::<Map<String, Value>>(line).map_err(|error| error.to_string()).and_then(|mut record| {
            let Some(Value::String(text)) = record.remove("text") else { return Err("no field `text` that is a string".to_owned()) };
            let mut value = serde_json::to_value(worker.extract(&text)).map_err(|error| error.to_string())?;
            if let (Some(object), false) = (value.as_object_mut(), record.is_empty()) {
                object.insert("record".to_owned(), Value::Object(record));
            }
            Ok(value)
        });
        let value = made.unwrap_or_else(|error| json!({ "error": error, "line": n + 1 }));
        out.push_str(&value.to_string());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests;
