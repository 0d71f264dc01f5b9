//! A server that behaves like Stripe's: `localstripe`, on a port of its own, with Stripe's own library as its client and
//! with somebody who listens to its webhooks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::judges;

/// Far longer than it takes: whoever waits so long waits in vain.
const PATIENCE: Duration = Duration::from_mins(1);

/// A process that says something on its standard output, a line at a time. It ends with its test.
struct Program {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Program {
    fn start(command: &mut Command) -> Self {
        // Nobody between us and ourselves, whatever proxy is set for others.
        let mut child = judges::start(command.env("NO_PROXY", "127.0.0.1"));
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    fn input(&mut self) -> &mut ChildStdin {
        self.child.stdin.as_mut().unwrap()
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.output.read_line(&mut line).unwrap();
        assert!(read > 0, "the judge ended, see what it said; `tests/run judges` installs what it needs");
        line
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A webhook as it came in over HTTP.
#[derive(Debug, Clone)]
pub struct SentWebhook {
    /// Names and values of its headers.
    pub headers: Vec<(String, String)>,
    /// Its body, byte for byte.
    pub body: Vec<u8>,
}

/// The server, and who talks with it.
pub struct Localstripe {
    _server: Program,
    client: Program,
    webhooks: Receiver<SentWebhook>,
}

impl Localstripe {
    /// Starts it with an empty store: it leaves its own in `/tmp/localstripe.pickle`, and would read that of another run.
    /// It signs webhooks with `secret`.
    pub fn start(secret: &str) -> Self {
        let mut command = judges::python();
        command.args(["-u", "-m", "localstripe", "--from-scratch", "--port", "0"]);
        // It takes a free port, and says which once it listens.
        let mut server = Program::start(&mut command);
        let said = server.line();
        let port: u16 =
            said.split(|each: char| !each.is_ascii_digit()).find_map(|port| port.parse().ok()).unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        register(port, &json!({ "url": url, "secret": secret }));
        let (arrived, webhooks) = channel();
        #[allow(
            clippy::disallowed_methods,
            reason = "a socket that nothing comes to is waited for without end"
        )]
        std::thread::spawn(move || listen(&listener, &arrived));

        let base = format!("http://127.0.0.1:{port}");
        let client = Program::start(judges::script("stripe_calls.py").arg(base));
        Self { _server: server, client, webhooks }
    }

    /// Calls the API through Stripe's own library: `["refunds", "create", {…}]`. Answers with the object, or with
    /// `{"error": code}`.
    pub fn call(&mut self, call: &Value) -> Value {
        writeln!(self.client.input(), "{call}").unwrap();
        serde_json::from_str(&self.client.line()).unwrap()
    }

    /// The next webhook that it sends.
    pub fn next_webhook(&self) -> SentWebhook {
        self.webhooks.recv_timeout(PATIENCE).expect("localstripe sends a webhook")
    }
}

/// Tells the server where to send all its webhooks.
fn register(port: u16, webhook: &Value) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let body = webhook.to_string();
    let (path, length) = ("/_config/webhooks/books", body.len());
    write!(stream, "POST {path} HTTP/1.1\r\nHost: localstripe\r\nContent-Length: {length}\r\n\r\n{body}")
        .unwrap();
    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status).unwrap();
    assert!(status.starts_with("HTTP/1.1 200"), "{status}");
}

/// Takes webhooks until nobody wants them any more.
fn listen(listener: &TcpListener, arrived: &Sender<SentWebhook>) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let webhook = read(&stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        if arrived.send(webhook).is_err() {
            return;
        }
    }
}

/// Reads one request, whose body is as long as its header says.
fn read(stream: &TcpStream) -> SentWebhook {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line
    };
    assert!(line().starts_with("POST / "), "a webhook");
    let mut headers = Vec::new();
    while let Some((name, value)) = line().trim_end().split_once(": ") {
        headers.push((name.to_owned(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.unwrap().1.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    SentWebhook { headers, body }
}
