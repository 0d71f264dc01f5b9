//! A mail server of one test: it keeps what it is sent, and the test sees each line before it is answered.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// What the test does at a line, with so many mails kept by then; it may give another answer than the usual one. The line
/// that ends a mail is `.`, and that mail is kept already.
pub type AtLine<'a> = &'a mut dyn FnMut(&str, usize) -> Option<&'static str>;

/// A mail as it came, to whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mail {
    pub to: String,
    pub text: String,
}

pub struct Receiver {
    listener: TcpListener,
    pub mails: Vec<Mail>,
}

/// Says that nobody calls any more, by a call in which nothing is said; also where the work ends by a panic.
struct Bell(SocketAddr);

impl Drop for Bell {
    fn drop(&mut self) {
        let _ = TcpStream::connect(self.0);
    }
}

impl Receiver {
    pub fn new() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").unwrap(), mails: Vec::new() }
    }

    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap()
    }

    /// Answers until the work is done that calls it.
    pub fn during<T: Send>(&mut self, at_line: AtLine<'_>, work: impl FnOnce() -> T + Send) -> T {
        let bell = Bell(self.address());
        #[allow(clippy::disallowed_methods, reason = "who sends and who receives wait for each other")]
        std::thread::scope(|scope| {
            let worker = scope.spawn(move || {
                let _bell = bell;
                work()
            });
            while self.session(at_line) {}
            worker.join().unwrap()
        })
    }

    /// One call; false where nothing was said. It ends early where the caller is gone.
    fn session(&mut self, at_line: AtLine<'_>) -> bool {
        let (mut stream, _) = self.listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        let (mut said, mut to, mut answer) = (false, String::new(), "220 ready");
        while stream.write_all(format!("{answer}\r\n").as_bytes()).is_ok() {
            let Some(mut line) = next_line(&mut lines) else { break };
            said = true;
            if answer.starts_with("354") {
                let mut text = String::new();
                while line != "." {
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push_str("\r\n");
                    line = next_line(&mut lines).expect("the end of a mail");
                }
                self.mails.push(Mail { to: to.clone(), text });
            } else if let Some(path) = line.strip_prefix("RCPT TO:") {
                path.trim_matches(['<', '>']).clone_into(&mut to);
            }
            let usual = match line.as_str() {
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 fine",
            };
            answer = at_line(&line, self.mails.len()).unwrap_or(usual);
        }
        said
    }
}

fn next_line(lines: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    lines.read_line(&mut line).ok()?;
    Some(line.strip_suffix("\r\n")?.to_owned())
}
