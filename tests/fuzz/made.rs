//! A seed in; bytes that a reader may meet out: noise, bent passages, characters of every sort, markup gone wrong.

use fastrand::Rng;

/// Longest input, in bytes; faults of length have tests of their own.
const LONGEST: usize = 4000;

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 64] = [
    "GPT-4",
    "Llama 2",
    "Qwen-72B",
    "Yi-34B-Chat",
    "Claude 3.5 Sonnet",
    "o1",
    "MMLU",
    "Chatbot Arena",
    "01.AI",
    "China",
    "Chinese open-weight models",
    "beats",
    "rivals",
    "lags",
    "by at least a year",
    "86.4%",
    "$0.15 per million tokens",
    "70B parameters",
    "128K",
    "1,2",
    "²",
    "½",
    "×",
    "#1",
    "top ten",
    "most",
    "one in five",
    "in November 2023",
    "last week",
    "reportedly",
    "does not",
    "said",
    "“",
    "”",
    "'s",
    "’s",
    "—",
    "\u{2011}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "ß",
    "İ",
    "ǆ",
    "中国的模型",
    "🦙",
    "e\u{301}",
    "\u{1f468}\u{200d}\u{1f469}",
    "\r\n",
    "\n\n",
    "\t",
    "**",
    "__",
    "`",
    "[a](b)",
    "<p>",
    "</div>",
    "| a | b |\n|---|---|\n",
    "> ",
    "---\ndate: 2024-02-21\n---\n",
    "<!-- benchclaim: ignore -->",
    "<time datetime=\"2024\">",
];

/// Makes inputs; the same seed always gives the same one.
pub(crate) struct Maker {
    passages: Vec<String>,
}

impl Maker {
    pub(crate) fn new() -> Self {
        let folder = format!("{}/corpus", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<_> =
            std::fs::read_dir(folder).expect("the corpus").flatten().map(|e| e.path()).collect();
        files.sort();
        let passages = files.iter().flat_map(|file| {
            let text = std::fs::read_to_string(file).expect("a file of the corpus");
            let passage = |line: &str| {
                let record: serde_json::Value = serde_json::from_str(line).expect("a passage");
                record["text"].as_str().expect("a text").to_owned()
            };
            text.lines().map(passage).collect::<Vec<_>>()
        });
        Self { passages: passages.collect() }
    }

    pub(crate) fn input(&self, seed: u64) -> Vec<u8> {
        let mut random = Rng::with_seed(seed);
        match random.u8(..8) {
            0 => (0..random.usize(..LONGEST)).map(|_| random.u8(..)).collect(),
            1 => soup(&mut random).into_bytes(),
            2 | 3 => pieces(&mut random).into_bytes(),
            4 => {
                let text = self.bent(&mut random);
                let page = format!(
                    "<html><head><title>x</title></head><body><article><p>{text}</p></article></body></html>"
                );
                bitten(page.into_bytes(), &mut random)
            }
            5 => bitten(self.bent(&mut random).into_bytes(), &mut random),
            _ => self.bent(&mut random).into_bytes(),
        }
    }

    /// Passages with pieces taken out, put in, doubled and changed.
    fn bent(&self, random: &mut Rng) -> String {
        let mut letters: Vec<char> = (0..random.usize(1..5))
            .flat_map(|_| self.passages[random.usize(..self.passages.len())].chars())
            .collect();
        letters.truncate(LONGEST);
        for _ in 0..random.usize(..12) {
            if letters.is_empty() {
                break;
            }
            let (a, b) = (random.usize(..letters.len()), random.usize(..letters.len()));
            let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 80));
            match random.u8(..6) {
                0 => _ = letters.drain(from..to),
                1 => _ = letters.splice(from..from, PIECES[random.usize(..PIECES.len())].chars()),
                2 => letters[from] = any(random),
                3 => letters[from..to].reverse(),
                4 => {
                    let piece: Vec<char> = letters[from..to].to_vec();
                    letters.splice(from..from, piece);
                }
                _ => {
                    let last = letters.len() - 1;
                    letters.swap(from, to.min(last));
                }
            }
        }
        letters.into_iter().collect()
    }
}

/// Bytes changed after the text was made, so that it may be none any more.
fn bitten(mut bytes: Vec<u8>, random: &mut Rng) -> Vec<u8> {
    for _ in 0..random.usize(..4) {
        let at = random.usize(..bytes.len().max(1));
        if let Some(byte) = bytes.get_mut(at) {
            *byte = random.u8(1..);
        }
    }
    bytes
}

/// Characters of every sort.
fn soup(random: &mut Rng) -> String {
    (0..random.usize(..LONGEST / 4)).map(|_| any(random)).collect()
}

/// Pieces of meaning in no order, with and without spaces.
fn pieces(random: &mut Rng) -> String {
    let mut text = String::new();
    for _ in 0..random.usize(..120) {
        text.push_str(PIECES[random.usize(..PIECES.len())]);
        match random.u8(..6) {
            0 => {}
            1 => text.push('.'),
            2 => text.push(any(random)),
            _ => text.push(' '),
        }
    }
    text
}

fn any(random: &mut Rng) -> char {
    match random.u8(..4) {
        0 => random.char('\u{1}'..='\u{7f}'),
        1 => random.char('\u{80}'..='\u{24f}'),
        2 => random.char('\u{2000}'..='\u{2fff}'),
        _ => random.char('\u{1}'..='\u{10ffff}'),
    }
}
