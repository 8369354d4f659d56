//! A small HTTP server on the loopback: a function from requests to replies in; what was asked, and how many at a time, out.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Path, or the whole address when asked as a proxy.
    pub(crate) target: String,
    /// Headers, names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    /// What was sent with it.
    pub(crate) body: Vec<u8>,
}

/// How a body is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sending {
    /// At once.
    Whole,
    /// At once, without saying how much it is.
    Unannounced,
    /// So many bytes, and then silence.
    Stall(usize),
    /// So many bytes, and then the connection is closed.
    Cut(usize),
    /// Byte by byte, with a pause after each.
    Trickle(Duration),
}

/// A reply.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) sending: Sending,
}

impl Reply {
    /// A body as CSV.
    pub(crate) fn csv(body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", "text/csv; charset=utf-8".to_owned())];
        Self { status: "200 OK", headers, body: body.into(), sending: Sending::Whole }
    }

    /// A status with a word of text.
    pub(crate) fn status(status: &'static str) -> Self {
        Self { status, headers: Vec::new(), body: b"no".to_vec(), sending: Sending::Whole }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn sent(self, sending: Sending) -> Self {
        Self { sending, ..self }
    }
}

/// A running server; it ends with the test.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    most: Arc<AtomicUsize>,
}

/// Answers a request; the number counts requests from 0.
type Answer = dyn Fn(&Asked, usize) -> Reply + Send + Sync;

impl Server {
    pub(crate) fn start(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (asked, most, now) =
            (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let answer: Arc<Answer> = Arc::new(answer);
        let (log, peak) = (Arc::clone(&asked), Arc::clone(&most));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (answer, log, peak, now) =
                    (Arc::clone(&answer), Arc::clone(&log), Arc::clone(&peak), Arc::clone(&now));
                std::thread::spawn(move || {
                    peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    // A client that hangs up is what half of the tests are about.
                    _ = serve(&stream, answer.as_ref(), &log, &now);
                });
            }
        });
        Self { address, asked, most }
    }

    /// Every request so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("the log").clone()
    }

    /// The most requests that were open at a time.
    pub(crate) fn most_at_a_time(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

fn serve(
    stream: &TcpStream,
    answer: &Answer,
    log: &Mutex<Vec<Asked>>,
    now: &AtomicUsize,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length: usize = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let asked = Asked { target, headers, body };
    let count = {
        let mut log = log.lock().expect("the log");
        log.push(asked.clone());
        log.len() - 1
    };
    let reply = answer(&asked, count);
    // Before the last byte goes out: the client may send its next request as soon as it has it.
    now.fetch_sub(1, Ordering::SeqCst);
    send(stream, &reply)
}

fn send(mut stream: &TcpStream, reply: &Reply) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {}\r\nConnection: close\r\n", reply.status);
    if !matches!(reply.sending, Sending::Unannounced) {
        head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
    }
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    match reply.sending {
        Sending::Whole | Sending::Unannounced => stream.write_all(&reply.body)?,
        Sending::Cut(n) => stream.write_all(&reply.body[..n])?,
        Sending::Stall(n) => {
            stream.write_all(&reply.body[..n])?;
            stream.flush()?;
            std::thread::sleep(Duration::from_secs(5));
        }
        Sending::Trickle(pause) => {
            for byte in &reply.body {
                stream.write_all(&[*byte])?;
                stream.flush()?;
                std::thread::sleep(pause);
            }
        }
    }
    stream.flush()
}
