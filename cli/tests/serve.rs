//! `bantin serve` as a program: the address it prints, the time it gives a request, and how it stops.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const TEXT: &str = "Xã kết nạp 9/6 đảng viên mới, bằng 130% kế hoạch.";

/// A server that ends with the test.
struct Server(Child, u16);

impl Server {
    fn start(arguments: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
        let mut child = command.args(["serve", "--port", "0", "--quiet"]).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/')).unwrap().parse().unwrap();
        Server(child, port)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.1)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Begins a request whose body is `TEXT`, without the body.
    fn begin(&self) -> TcpStream {
        let mut stream = self.connect();
        let length = TEXT.len();
        write!(
            stream,
            "POST /extract HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n",
            self.1
        )
        .unwrap();
        stream
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args(["-s", name, &self.0.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn rest(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_prints_where_it_is_and_answers_there() {
    let server = Server::start(&[]);
    let mut stream = server.begin();
    stream.write_all(TEXT.as_bytes()).unwrap();
    let answer = rest(stream);
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"computed_percent\":150.0"), "{answer}");
}

#[test]
fn what_runs_is_finished_when_a_signal_stops_it() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&[]);
        let mut stream = server.begin();
        std::thread::sleep(Duration::from_millis(300)); // The request is on its way.
        server.signal(signal);
        std::thread::sleep(Duration::from_millis(300));
        assert!(TcpStream::connect(("127.0.0.1", server.1)).is_err(), "nobody new is let in");
        stream.write_all(TEXT.as_bytes()).unwrap();
        assert!(rest(stream).starts_with("HTTP/1.1 200 OK"));
        assert!(server.0.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn a_client_that_does_not_go_on_is_refused_in_time_and_does_not_keep_it_from_stopping() {
    let mut server = Server::start(&["--timeout", "1"]);
    let begun = Instant::now();
    let answer = rest(server.begin());
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("longer than 1 s"), "{answer}");
    // One that has a connection and says nothing at all.
    let silent = server.connect();
    server.signal("TERM");
    assert!(server.0.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(10));
    drop(silent);
}

#[test]
fn a_port_that_is_taken_is_told_with_advice() {
    let server = Server::start(&[]);
    let output = Command::new(env!("CARGO_BIN_EXE_bantin")).args(["serve", "--port", &server.1.to_string()]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains(&format!("127.0.0.1:{}", server.1)) && told.contains("--port"), "{told}");
}
