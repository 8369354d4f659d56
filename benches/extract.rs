//! How fast claims are found, on one core: in text about models, in text about other things, and from a standing start.
//!
//! Wanted: 20 MB/s of news with about three names a kilobyte, 150 MB/s of English without any, and below 10 ms until the
//! first word is read. `cargo bench --bench extract`.

use benchclaim::article::{self, Article, Format, Input};
use benchclaim::names::Names;
use benchclaim::{Catalog, Store, extract};
use divan::Bencher;
use divan::counter::BytesCount;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Bytes of a document: a long news story.
const DOCUMENT: usize = 8_000;

/// Documents of each text.
const DOCUMENTS: usize = 250;

/// Names a kilobyte in news about AI.
const NAMES_A_KILOBYTE: f64 = 3.0;

/// Pages of ours to take prose from that names no model.
const PAGES: [&str; 5] = [
    include_str!("../README.md"),
    include_str!("../ARCHITECTURE.md"),
    include_str!("../CONTRIBUTING.md"),
    include_str!("../CHANGELOG.md"),
    include_str!("../datasets/README.md"),
];

/// Words of the subject that these pages have and other prose has not.
const SUBJECT: [&str; 8] = ["AI", "LLM", "model", "benchmark", "leaderboard", "open-weight", "GPT", "token"];

/// Where the time goes.
#[derive(Debug, Clone, Copy)]
enum Stage {
    /// Bytes to an article.
    Read,
    /// Names alone.
    Names,
    /// An article to claims.
    Extract,
    /// Bytes to claims.
    All,
}

const STAGES: [Stage; 4] = [Stage::Read, Stage::Names, Stage::Extract, Stage::All];

#[expect(clippy::print_stdout, reason = "the density of names belongs to the figures")]
fn main() {
    // What is loaded once for all texts is not what is measured.
    let _claims = extract(&read("GPT-4 scores 86.4% on MMLU."), names());
    let names_in = news().iter().map(|text| names().mentions(text).len()).sum::<usize>();
    let kilobytes = news().iter().map(String::len).sum::<usize>() as f64 / 1000.0;
    println!("news: {:.1} names a kilobyte", names_in as f64 / kilobytes);
    assert!(prose().iter().all(|text| names().mentions(text).is_empty()), "prose that names a model");
    divan::main();
}

#[divan::bench(args = STAGES, sample_count = 5, sample_size = 1)]
fn of_news_with_names(bencher: Bencher, stage: Stage) {
    run(bencher, stage, news());
}

#[divan::bench(args = STAGES, sample_count = 5, sample_size = 1)]
fn of_prose_without_names(bencher: Bencher, stage: Stage) {
    run(bencher, stage, prose());
}

/// A process that reads an article, beside one that reads none: rules and names, from nothing.
#[divan::bench(args = ["an-article", "version"], sample_count = 30, sample_size = 1)]
fn in_a_new_process(what: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_benchclaim"));
    match what {
        "version" => command.arg("--version"),
        _ => command.args([
            "extract",
            "--isolated",
            "--datasets",
            "shipped",
            "examples/the-gap-in-september.md",
        ]),
    };
    let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program runs");
    assert!(ended.success(), "{what}");
}

fn run(bencher: Bencher, stage: Stage, texts: &[String]) {
    let bytes = texts.iter().map(String::len).sum::<usize>();
    let bencher = bencher.counter(BytesCount::new(bytes));
    let articles: Vec<Article> = texts.iter().map(|text| read(text)).collect();
    match stage {
        Stage::Read => bencher.bench_local(|| texts.iter().map(|text| read(text).plain.len()).sum::<usize>()),
        Stage::Names => {
            bencher.bench_local(|| articles.iter().map(|a| names().mentions(&a.plain).len()).sum::<usize>());
        }
        Stage::Extract => {
            bencher.bench_local(|| articles.iter().map(|a| extract(a, names()).len()).sum::<usize>());
        }
        Stage::All => {
            bencher
                .bench_local(|| texts.iter().map(|text| extract(&read(text), names()).len()).sum::<usize>());
        }
    }
}

fn read(text: &str) -> Article {
    let format = Some(Format::Text);
    article::read(Input { id: "a", bytes: text.as_bytes(), format, date: None, title: None, url: None })
        .expect("an article")
}

fn names() -> &'static Names {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::open(Store::Shipped).expect("the shipped store opens")).names()
}

/// Sentences of the pages about nothing that benchclaim reads.
fn sentences() -> &'static [String] {
    static SENTENCES: OnceLock<Vec<String>> = OnceLock::new();
    SENTENCES.get_or_init(|| {
        let is_prose = |line: &&str| !line.starts_with(['|', '#', '`', '$', '<', '!']);
        let text: Vec<&str> = PAGES.iter().flat_map(|page| page.lines()).filter(is_prose).collect();
        let text = text.join(" ").replace(['`', '*', '[', ']'], "");
        let is_other = |sentence: &str| {
            sentence.len() > 40 && !has_name(sentence) && !SUBJECT.iter().any(|word| sentence.contains(word))
        };
        text.split_inclusive(". ").map(str::trim).filter(|s| is_other(s)).map(str::to_owned).collect()
    })
}

/// Whether a sentence names something, were it only beside one about a model: words that are also names need company.
fn has_name(sentence: &str) -> bool {
    let beside = format!("{sentence} GPT-4 is a language model.");
    names().mentions(&beside).iter().any(|mention| mention.span.start < sentence.len())
}

/// Paragraphs of such sentences, no two alike.
struct Prose(fastrand::Rng);

impl Prose {
    fn paragraph(&mut self) -> String {
        let mut paragraph = String::new();
        for _ in 0..self.0.usize(3..7) {
            let sentence = &sentences()[self.0.usize(..sentences().len())];
            paragraph.push_str(sentence);
            paragraph.push_str(&format!(" That was case {} of them. ", self.0.u32(..)));
        }
        paragraph.push_str("\n\n");
        paragraph
    }
}

/// Documents without a name.
fn prose() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut prose = Prose(fastrand::Rng::with_seed(1));
        let document = |_| {
            let mut text = String::new();
            while text.len() < DOCUMENT {
                text.push_str(&prose.paragraph());
            }
            text
        };
        (0..DOCUMENTS).map(document).collect()
    })
}

/// Documents of the project's own passages, with other prose between them to the density of news.
fn news() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut prose = Prose(fastrand::Rng::with_seed(2));
        let passages = passages();
        let mut next = passages.iter().cycle();
        let mut document = |_| {
            let (mut text, mut names_in) = (String::new(), 0);
            while text.len() < DOCUMENT {
                if names_in as f64 <= NAMES_A_KILOBYTE * text.len() as f64 / 1000.0 {
                    let passage = next.next().expect("a cycle");
                    names_in += names().mentions(passage).len();
                    text.push_str(passage);
                    text.push_str("\n\n");
                } else {
                    text.push_str(&prose.paragraph());
                }
            }
            text
        };
        (0..DOCUMENTS).map(&mut document).collect()
    })
}

fn passages() -> Vec<String> {
    let of_file = |name: &str| {
        let path = format!("{}/corpus/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the corpus is beside the benches");
        let passage = |line: &str| article::read_jsonl_line(line).expect("a passage").original;
        text.lines().map(passage).collect::<Vec<_>>()
    };
    ["news", "digests", "blogs-and-talk", "comparisons", "statistics", "rewritten"]
        .iter()
        .flat_map(|n| of_file(n))
        .collect()
}
