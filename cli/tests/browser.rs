//! The page in a real browser: Debian's chromium, driven by chromedriver.
//!
//! `cargo test -p bantin-cli --test browser -- --ignored` runs it. With `BANTIN_SCREENSHOTS=DIR` it leaves pictures there to look at.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// What the page offers for a first look.
const SAMPLE: &str = include_str!("../src/page/sample.txt");

/// A program that ends with the test.
struct Program {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Program {
    fn start(command: &mut Command) -> Program {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let lines = BufReader::new(child.stdout.take().unwrap());
        Program { child, lines }
    }

    /// What the question finds in the first line of output that answers it.
    fn told<T>(&mut self, question: impl Fn(&str) -> Option<T>) -> T {
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            if let Some(answer) = question(&line) {
                return answer;
            }
            line.clear();
        }
        panic!("it ended without a word");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Asked to end, chromedriver takes its browser along; killed, it would leave it behind.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().is_ok_and(|status| status.success());
        if !asked {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// A browser with the live page open.
struct Browser {
    client: Client,
    page: String,
    driver_port: u16,
    session: String,
    _server: Program,
    _driver: Program,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// On a desk with a window of 1280, or on a telephone of this width and height.
    async fn open(telephone: Option<(u32, u32)>) -> Browser {
        let mut server = Program::start(Command::new(env!("CARGO_BIN_EXE_bantin")).args(["serve", "--port", "0", "--quiet"]));
        let page = server.told(|line| line.starts_with("http://").then(|| line.trim().to_owned()));
        let mut driver = Program::start(Command::new("chromedriver").arg("--port=0"));
        let driver_port: u16 = driver.told(|line| line.split("successfully on port ").nth(1)?.trim_end_matches(['.', '\n']).parse().ok());
        let profile = tempfile::tempdir().unwrap();
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-prefers-reduced-motion", "--window-size=1280,1000",
                format!("--user-data-dir={}", profile.path().display())
            ]
        });
        if let Some((width, height)) = telephone {
            options["mobileEmulation"] = json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0, "touch": true}});
        }
        let capabilities = json!({"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}});
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{driver_port}"))
            .await
            .expect("chromium and chromedriver: apt-get install chromium chromium-driver");
        let session = client.session_id().await.unwrap().unwrap();
        client.goto(&page).await.unwrap();
        Browser { client, page, driver_port, session, _server: server, _driver: driver, _profile: profile }
    }

    /// What an expression is in the page.
    async fn eval(&self, expression: &str) -> Value {
        self.client.execute(&format!("return {expression}"), vec![]).await.unwrap()
    }

    /// Puts a text where the user pastes it, asks for its facts, and waits for them. Gives how long that took.
    async fn read(&self, text: &str) -> Duration {
        self.client.execute("document.getElementById('input').value = arguments[0]", vec![json!(text)]).await.unwrap();
        let begun = Instant::now();
        self.click("form .main").await;
        self.answered().await;
        begun.elapsed()
    }

    /// Waits until the page has an answer, be it an error.
    async fn answered(&self) {
        let begun = Instant::now();
        while self.eval("document.querySelector('form .main').disabled || !document.getElementById('state').textContent").await
            == json!(true)
        {
            assert!(begun.elapsed() < Duration::from_secs(60), "no answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn click(&self, css: &str) {
        self.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }

    async fn press(&self, key: Key) {
        let value = char::from(key);
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap();
    }

    async fn text_of(&self, css: &str) -> String {
        self.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}")).text().await.unwrap()
    }

    /// A log of chromedriver, which the WebDriver standard does not have.
    fn log(&self, kind: &str) -> Vec<Value> {
        let body = json!({ "type": kind }).to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.driver_port)).unwrap();
        let head = format!("POST /session/{}/se/log HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n", self.session);
        write!(stream, "{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        // It keeps the connection open, whatever it is asked.
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        let mut line = String::new();
        while answer.read_line(&mut line).unwrap() > 2 {
            if let Some((_, value)) = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).unwrap();
        serde_json::from_slice::<Value>(&body).unwrap()["value"].as_array().unwrap().clone()
    }

    /// Ends; nothing was complained of in the console, and nothing was asked of anyone but our own server.
    async fn close(self) {
        assert_eq!(self.log("browser"), Vec::<Value>::new(), "the console");
        let requests: Vec<String> = self
            .log("performance")
            .iter()
            .map(|entry| serde_json::from_str::<Value>(entry["message"].as_str().unwrap()).unwrap())
            .filter(|message| message["message"]["method"] == "Network.requestWillBeSent")
            .map(|message| message["message"]["params"].clone())
            // What the browser shows before there is a page is its own.
            .filter(|request| !request["documentURL"].as_str().unwrap().starts_with("chrome://"))
            .map(|request| request["request"]["url"].as_str().unwrap().to_owned())
            .collect();
        assert!(requests.contains(&self.page), "the log tells of requests: {requests:?}");
        let own = |url: &&String| [self.page.as_str(), "data:", "blob:", "file:"].iter().any(|start| url.starts_with(start));
        let foreign: Vec<&String> = requests.iter().filter(|url| !own(url)).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
        self.client.clone().close().await.unwrap();
    }

    /// A picture of the page, where somebody wants to look at it.
    async fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("BANTIN_SCREENSHOTS") {
            std::fs::write(PathBuf::from(folder).join(name), self.client.screenshot().await.unwrap()).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs chromium and chromedriver; .ci/run installs them"]
async fn a_pasted_bulletin_shows_its_marks_its_tables_and_the_figure_that_disagrees() {
    let browser = Browser::open(None).await;
    browser.read(SAMPLE).await;
    assert_eq!(browser.eval("document.querySelector('.text').textContent").await, json!(SAMPLE), "every character of it, in its order");
    assert_eq!(browser.text_of("#result h2").await, "Huyện Sơn Lộc: Nhiều chỉ tiêu về đích trước hạn");
    assert_eq!(browser.text_of("mark.person").await, "Trịnh Thị Hải Vân");
    assert!(browser.text_of(".people").await.contains("Bí thư – Huyện ủy Sơn Lộc"));
    assert!(browser.text_of(".bodies").await.contains("Hội Liên hiệp Phụ nữ huyện Sơn Lộc"));
    assert!(browser.text_of(".documents").await.contains("45-KH/HU"));
    let row = browser.text_of(".indicators tr.bad").await;
    for wanted in ["kết nạp đảng viên mới", "không khớp", "130%", "150%"] {
        assert!(row.contains(wanted), "{wanted} in {row}");
    }
    assert!(browser.text_of(".alarm").await.contains("nêu 130%, tính ra 150%"));
    browser.picture("page-wide-top.png").await;

    // A row leads to its mark, and that tells what it is.
    browser.click(".indicators tr.bad td:last-child").await;
    assert_eq!(browser.eval("document.activeElement.className").await, json!("indicator bad on"));
    assert!(browser.text_of(".why").await.contains("Không khớp: nêu 130%, tính ra 150%"));

    // The legend hides a kind and shows it again.
    let line = "getComputedStyle(document.querySelector('mark.person')).borderBottomWidth";
    assert_eq!(browser.eval(line).await, json!("2px"));
    browser.click(".legend .person").await;
    assert_eq!(browser.eval(line).await, json!("0px"));
    browser.click(".legend .person").await;
    assert_eq!(browser.eval(line).await, json!("2px"));
    browser.client.set_window_size(1280, 2100).await.unwrap();
    browser.client.execute("document.querySelector('mark.title').focus(); scrollTo(0, 0)", vec![]).await.unwrap();
    browser.picture("page-wide.png").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs chromium and chromedriver; .ci/run installs them"]
async fn the_keyboard_reaches_a_mark_and_hears_why() {
    let browser = Browser::open(None).await;
    browser.client.execute("document.getElementById('try').focus()", vec![]).await.unwrap();
    browser.press(Key::Enter).await;
    browser.answered().await;
    for _ in 0..40 {
        browser.press(Key::Tab).await;
        if browser.eval("document.activeElement.matches('mark.title')").await == json!(true) {
            break;
        }
    }
    assert_eq!(browser.eval("document.activeElement.className").await, json!("title on"));
    let why = browser.eval("document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText").await;
    for wanted in ["Chức vụ", "Tỉnh ủy viên", "Người giữ", "Trịnh Thị Hải Vân", "Vì sao", "đứng sau tên"] {
        assert!(why.as_str().unwrap().contains(wanted), "{wanted} in {why}");
    }
    browser.press(Key::Escape).await;
    assert_eq!(browser.eval("document.querySelector('.why.open')").await, Value::Null);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs chromium and chromedriver; .ci/run installs them"]
async fn hostile_text_is_shown_and_does_nothing() {
    let browser = Browser::open(None).await;
    // Markup, decomposed letters, a right-to-left override and letters that run from right to left.
    let hostile = "<script>window.hacked=1</script><img src=x onerror=\"window.hacked=2\"></script></textarea>\n\
                   Ông Trần Văn Bi\u{300}nh \u{202e}dự\u{202c} họp, Bí thư Huyện ủy. \u{5d0}\u{5d1}\u{5d2} </script> Ngày 12/11/2021.";
    browser.read(hostile).await;
    assert_eq!(browser.eval("document.querySelector('.text').textContent").await, json!(hostile));
    assert_eq!(browser.eval("window.hacked ?? 'no'").await, json!("no"));
    assert_eq!(browser.eval("document.querySelectorAll('#result img').length").await, json!(0));
    assert!(browser.text_of("mark.person").await.contains("Bi\u{300}nh"), "decomposed as it was sent");
    // The override turns nothing round outside of its paragraph.
    assert_eq!(browser.eval("getComputedStyle(document.querySelector('.text p')).unicodeBidi").await, json!("isolate"));
    browser.read("Ông Trần Văn Bình\0\u{1b}dự.").await;
    assert!(browser.text_of(".text").await.contains("Bình␀␛dự"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs chromium and chromedriver; .ci/run installs them"]
async fn five_megabytes_are_answered_and_the_page_lives_on() {
    let browser = Browser::open(None).await;
    let time = browser.read(&SAMPLE.repeat(5_000_000 / SAMPLE.len() + 1)).await;
    assert!(time < Duration::from_secs(10), "{time:?}");
    let told = browser.text_of("#state.error").await;
    assert!(told.contains("quá dài") && told.contains("1 MB"), "{told}");
    // What is just small enough is shown.
    let long = SAMPLE.repeat(900_000 / SAMPLE.len());
    let time = browser.read(&long).await;
    eprintln!("{} kB were shown in {time:?}", long.len() / 1000);
    assert!(browser.eval("document.querySelectorAll('mark').length").await.as_u64().unwrap() > 10_000);
    let time = browser.read(SAMPLE).await;
    assert!(time < Duration::from_secs(10), "{time:?}");
    assert_eq!(browser.text_of("mark.person").await, "Trịnh Thị Hải Vân");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs chromium and chromedriver; .ci/run installs them"]
async fn a_telephone_shows_it_without_scrolling_sideways() {
    let browser = Browser::open(Some((360, 740))).await;
    let wide = "document.documentElement.scrollWidth > 360 || innerWidth > 360";
    assert_eq!(browser.eval(wide).await, json!(false), "before");
    browser.click("#try").await;
    browser.answered().await;
    assert_eq!(browser.eval(wide).await, json!(false), "with a bulletin");
    browser.picture("page-narrow-top.png").await;
    // A tap opens the explanation at the bottom of the screen, and what it explains stays in sight.
    browser.click("mark.ratio.bad").await;
    assert!(browser.text_of(".why.open").await.contains("tính ra 150%"));
    let gap = "document.querySelector('.why.open').getBoundingClientRect().top \
               - document.querySelector('mark.ratio.bad').getBoundingClientRect().bottom";
    assert!(browser.eval(gap).await.as_f64().unwrap() >= 0.0, "the explanation covers the mark");
    assert_eq!(browser.eval("Math.round(document.querySelector('.why.open').getBoundingClientRect().bottom)").await, json!(740));
    assert_eq!(browser.eval(wide).await, json!(false), "with an explanation");
    browser.picture("page-narrow.png").await;
    browser.click(".why button").await;
    assert_eq!(browser.eval("document.querySelector('.why.open')").await, Value::Null);
    browser.client.execute("document.querySelector('.indicators').scrollIntoView()", vec![]).await.unwrap();
    browser.picture("page-narrow-tables.png").await;
    browser.read(&format!("{}\n{}", "x".repeat(3000), "Ủy ban nhân dân ".repeat(30))).await;
    assert_eq!(browser.eval(wide).await, json!(false), "with a word that never ends");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs chromium and chromedriver; .ci/run installs them"]
async fn a_report_works_from_a_file() {
    let browser = Browser::open(None).await;
    let folder = tempfile::tempdir().unwrap();
    let later = "Hội nghị huyện Sơn Lộc\n20/12/2022\n\n\
                 Đồng chí Trịnh Thị Hải Vân – Bí thư Huyện ủy chủ trì. Xã trồng 30/40 ha rừng, đạt 75% kế hoạch.";
    let texts = [("mot.txt", SAMPLE), ("hai.txt", later)];
    let paths = texts.map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    });
    let report = folder.path().join("report.html");
    let status = Command::new(env!("CARGO_BIN_EXE_bantin")).arg("report").args(&paths).arg("-o").arg(&report).status().unwrap();
    assert!(status.success());
    browser.client.goto(&format!("file://{}", report.display())).await.unwrap();
    assert!(browser.text_of(".posts").await.contains("18/11/2022 – 20/12/2022"));
    assert!(browser.text_of(".chart tr.bad").await.contains("không khớp"));
    browser.client.set_window_size(1280, 1700).await.unwrap();
    browser.picture("page-report.png").await;
    // A row of the chart opens its bulletin at the mark.
    browser.click(".chart tr.bad a").await;
    assert_eq!(browser.eval("document.activeElement.className").await, json!("indicator bad on"));
    assert_eq!(browser.eval("document.querySelector('#b0').open").await, json!(true));
    // The filter finds words without their tones.
    browser.client.find(Locator::Css("[data-filter=index]")).await.unwrap().send_keys("hoi nghi").await.unwrap();
    assert_eq!(browser.eval("document.querySelectorAll('.index tbody tr:not([hidden])').length").await, json!(1));
    browser.close().await;
}
