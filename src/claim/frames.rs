//! Core phrasings in (`rules/frames.txt`), filled with names of every sort; the claims they must give checked.

use super::tests::{claims, names_of};
use super::{Claim, ClaimKind};

const FRAMES: &str = include_str!("rules/frames.txt");

const MODELS: [&str; 9] = [
    "Yi-34B",
    "Qwen2.5-72B",
    "Claude 3.5 Sonnet",
    "GPT-4o",
    "DeepSeek-V3",
    "Nimbus-9B",
    "Gemini 1.5 Pro",
    "Llama 3.1 405B",
    "Mixtral 8x7B",
];
const BOARDS: [&str; 6] = [
    "the Open LLM Leaderboard",
    "Chatbot Arena",
    "SWE-bench Verified",
    "MMLU",
    "GPQA Diamond",
    "the Hugging Face leaderboard",
];
const MONTHS: [(&str, &str); 4] = [
    ("November 2023", "2023-11"),
    ("March 2024", "2024-03"),
    ("Jan. 2025", "2025-01"),
    ("July 2025", "2025-07"),
];
const PERCENTAGES: [&str; 5] = ["86.4", "72", "59.3", "12.5", "91"];
const POPULATIONS: [&str; 5] =
    ["startups", "companies", "developers", "AI startups in Silicon Valley", "enterprises"];
const LAGGARDS: [&str; 5] =
    ["Chinese labs", "Open models", "Chinese AI companies", "Open-source models", "European labs"];
const LEADERS: [&str; 5] =
    ["American labs", "closed models", "OpenAI and Google", "US models", "proprietary models"];

/// How many fillings each frame is tried with.
const FILLINGS: usize = 9;

/// The text with its places filled; `board` and `iso` as the claim is to print them.
fn fill(text: &str, k: usize, as_slot: bool) -> String {
    let board = BOARDS[k % BOARDS.len()];
    let month = MONTHS[k % MONTHS.len()];
    text.replace("{A}", MODELS[k % MODELS.len()])
        .replace("{C}", MODELS[(k + 4) % MODELS.len()])
        .replace("{B}", if as_slot { board.trim_start_matches("the ") } else { board })
        .replace("{D}", if as_slot { month.1 } else { month.0 })
        .replace("{N}", PERCENTAGES[k % PERCENTAGES.len()])
        .replace("{P}", POPULATIONS[k % POPULATIONS.len()])
        .replace("{L}", LAGGARDS[k % LAGGARDS.len()])
        .replace("{M}", LEADERS[(k / 2) % LEADERS.len()])
}

/// Names agree when each is found in the text of one that was wanted.
fn agree(wanted: &str, found: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    plain(wanted) == plain(found)
}

/// What is wrong with the claim, given the slots wanted.
fn faults(claim: &Claim, wanted: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut negated, mut hedged) = (false, false);
    for slot in wanted.split("; ").skip(1) {
        let (name, value) = slot.split_once(' ').unwrap_or((slot, ""));
        let found = match name {
            "subject" => names_of(&claim.subject).join(" and "),
            "object" => names_of(&claim.object).join(" and "),
            "benchmark" => claim.benchmark.as_ref().map_or(String::new(), |b| b.text.clone()),
            "relation" => format!("{:?}", claim.relation).trim_start_matches("Some").to_owned(),
            "as-of" => claim.as_of.clone().unwrap_or_default(),
            "value" => claim.reported.map_or(String::new(), |r| {
                let unit = serde_json::to_value(r.unit).expect("a name").as_str().unwrap_or("").to_owned();
                let comparator = r.comparator.map_or(String::new(), |c| format!(" {c:?}"));
                format!("{} {unit}{comparator}", (r.value * 100.0).round() / 100.0)
            }),
            "negated" | "hedged" => {
                negated |= name == "negated";
                hedged |= name == "hedged";
                continue;
            }
            other => panic!("`{other}` is no slot"),
        };
        if !agree(value, &found) {
            faults.push(format!("{name}: wanted {value:?}, found {found:?}"));
        }
    }
    if claim.negated != negated {
        faults.push(format!("negated: {}", claim.negated));
    }
    if claim.hedged != hedged && claim.kind.is_checkable() {
        faults.push(format!("hedged: {}", claim.hedged));
    }
    faults
}

#[test]
fn core_phrasings_are_read_with_any_names() {
    let mut report: Vec<String> = Vec::new();
    for frame in FRAMES.lines().filter(|line| !line.starts_with('#')) {
        let (sentence, wanted) = frame.split_once(" => ").expect("a frame has an arrow");
        let (mut wrong, mut example) = (0, String::new());
        for k in 0..FILLINGS {
            let text = fill(sentence, k, false);
            let mut found = claims(&text);
            let mut told = Vec::new();
            for wanted in fill(wanted, k, true).split(" + ") {
                let kind = wanted.split(';').next().unwrap_or_default();
                let best = (0..found.len())
                    .filter(|i| found[*i].kind.name() == kind)
                    .min_by_key(|i| faults(&found[*i], wanted).len());
                match best {
                    Some(i) => told.extend(faults(&found.remove(i), wanted)),
                    None => told.push(format!("no {kind}")),
                }
            }
            told.extend(
                found
                    .iter()
                    .filter(|claim| claim.kind != ClaimKind::Opinion)
                    .map(|claim| format!("also {}", claim.rule)),
            );
            if !told.is_empty() {
                wrong += 1;
                if example.is_empty() {
                    example = format!("{text} {}", told.join(", "));
                }
            }
        }
        if wrong > 0 {
            report.push(format!("{wrong}/{FILLINGS} {example}"));
        }
    }
    assert!(report.is_empty(), "{} frames:\n{}", report.len(), report.join("\n"));
}
