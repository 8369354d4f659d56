//! Open LLM Leaderboard, first version: its final archive and dated reports in; scores of six tasks, the averages that
//! were in force, and the day each model was first on the board, out.
//!
//! Of several rows of one name (precisions, re-runs) the unquantised one stands, of those the last evaluated: re-runs
//! were made to repair earlier ones.

use super::draft::Draft;
use super::raw::{RawRoot, RawRow, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::{ModelName, Names};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Benchmark id and column in the archive; the items of the public test sets are in the manifest.
const TASKS: [(&str, &str); 6] = [
    ("arc-challenge", "arc"),
    ("hellaswag", "hellaswag"),
    ("mmlu", "mmlu"),
    ("truthful-qa", "truthfulqa"),
    ("winogrande", "winogrande"),
    ("gsm8k", "gsm8k"),
];

/// The board's average had the first four tasks until November 2023.
const FIRST_TASKS: usize = 4;

/// The board's own id.
const BOARD: &str = "open-llm-leaderboard-1";

/// An evaluation this long after a model's release may hide an earlier one: the release date decides then.
const LATE_EVALUATION_DAYS: i32 = 60;

/// Reads the archive (`folder`) with the dated reports (`also`).
pub(super) fn archive(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    names: &Names,
) -> Result<Vec<Draft>> {
    let mut reported = BTreeMap::new();
    if let Some(folder) = &import.also {
        for file in raw.files(folder, ".csv")? {
            first_seen(&raw.table(&file)?, file_date(&file)?, &mut reported);
        }
    }
    let file = raw.newest(&import.folder, ".csv")?;
    let day = file_date(&file)?;
    archive_rows(&raw.table(&file)?, day, &reported, names)
}

/// Adds the models of a dated report; reports come oldest first.
fn first_seen(table: &RawTable, day: Date, seen: &mut BTreeMap<String, Date>) {
    for row in table.rows() {
        seen.entry(row.get("Model").to_owned()).or_insert(day);
    }
}

fn archive_rows(
    table: &RawTable,
    day: Date,
    reported: &BTreeMap<String, Date>,
    names: &Names,
) -> Result<Vec<Draft>> {
    let mut by_name: BTreeMap<&str, Vec<RawRow<'_>>> = BTreeMap::new();
    for row in table.rows() {
        by_name.entry(row.need("model")?).or_default().push(row);
    }
    let mut drafts = Vec::new();
    for (name, rows) in by_name {
        let model = names.canonical(name, None);
        let released = names.facts(&model.id).released;
        let listed = listed(name, &rows, reported, released)?;
        let mut best = None;
        for row in &rows {
            let rank = (is_unquantised(row.get("precision")), row.date("date")?);
            if best.as_ref().is_none_or(|(top, _)| rank > *top) {
                best = Some((rank, row));
            }
        }
        if let Some((_, row)) = best {
            let kind = kind_of(row.get("type"), origin(name, &model, names));
            let (architecture, size) = (architecture(row.get("architecture")), size(row.get("params_b")));
            let rows = score_rows(name, row, day)?;
            drafts.extend(rows.into_iter().map(|draft| Draft {
                kind,
                listed,
                architecture: architecture.clone(),
                size: size.clone(),
                ..draft
            }));
        }
    }
    Ok(drafts)
}

/// Billions of parameters to a tenth; the board prints 0 and less where it could not tell.
pub(super) fn size(cell: &str) -> Option<String> {
    cell.parse().ok().filter(|billions: &f64| *billions >= 0.05).map(|billions| format!("{billions:.1}"))
}

/// The class of an architecture as the board prints it, where it does. Uploaders who hand in a text for a list make one
/// of its letters ("L;l;a;m;a"), and some list two: the first is the model's.
pub(super) fn architecture(cell: &str) -> Option<String> {
    let is_spelled = cell.split(';').count() > 2 && cell.split(';').all(|part| part.chars().count() == 1);
    let joined = if is_spelled { cell.replace(';', "") } else { cell.to_owned() };
    let first = joined.split(';').next().unwrap_or_default().trim();
    (!matches!(first, "" | "?" | "Unknown")).then(|| first.to_owned())
}

fn is_unquantised(precision: &str) -> bool {
    !matches!(precision, "4bit" | "8bit" | "GPTQ")
}

/// The earliest trace of the name on the board, or nothing when that is so long after its release that an earlier
/// evaluation was probably overwritten.
fn listed(
    name: &str,
    rows: &[RawRow<'_>],
    reported: &BTreeMap<String, Date>,
    released: Option<Date>,
) -> Result<Option<Date>> {
    let mut first = reported.get(name).copied();
    for row in rows {
        first = [first, row.date("date")?].into_iter().flatten().min();
    }
    let is_late = |day: Date, released: Date| (day - released).get_days() > LATE_EVALUATION_DAYS;
    Ok(first.filter(|day| released.is_none_or(|released| !is_late(*day, released))))
}

fn score_rows(name: &str, row: &RawRow<'_>, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    let mut scores = Vec::new();
    for (benchmark, column) in TASKS {
        let score = row.need_number(column)?;
        scores.push(score);
        drafts.push(Draft::new(name, benchmark, "accuracy", score, day));
    }
    // The archive's own average column is that of six tasks whatever the day: both are recomputed.
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
    drafts.push(Draft::new(name, BOARD, "average-6", mean(&scores), day));
    drafts.push(Draft::new(name, BOARD, "average-4", mean(&scores[..FIRST_TASKS]), day));
    Ok(drafts)
}

/// What a repository's name says against its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A base model in its family's own repository.
    OwnBase,
    /// Named after another maker's model: a copy, fine-tune or merge of it.
    Derived,
    /// Neither shows.
    Unknown,
}

/// Words of a repository name that speak of tuning or merging.
const TUNED: [&str; 11] =
    ["chat", "instruct", "it", "sft", "dpo", "rlhf", "lora", "thinking", "slerp", "ties", "merge"];

/// Lines of models that are fine-tunes of others' by what they are.
const TUNED_LINES: [&str; 18] = [
    "airoboros",
    "alpaca",
    "aya",
    "bloomz",
    "dolphin",
    "guanaco",
    "hermes",
    "iml",
    "koala",
    "openchat",
    "orca",
    "raven",
    "samantha",
    "starchat",
    "tulu",
    "vicuna",
    "wizardlm",
    "zephyr",
];

/// Judges a repository by its name alone.
pub(super) fn origin(name: &str, model: &ModelName, names: &Names) -> Origin {
    let repository = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let words: Vec<&str> = repository.split(|c: char| !c.is_alphanumeric()).collect();
    let is_tuned = words.iter().any(|word| TUNED.contains(word) || TUNED_LINES.contains(word));
    let is_base = model.variant.as_deref().is_none_or(|variant| variant == "base");
    let is_own = name.contains('/') && model.namespace.is_none() && model.family.is_some();
    let others = |word: &str| {
        // "qwen2" and "llama" both name a family; a maker's own families may share a name.
        let family = names.family(word.trim_end_matches(|c: char| c.is_ascii_digit()));
        family.is_some_and(|f| Some(&f.id) != model.family.as_ref() && f.organisation != model.organisation)
    };
    let names_another = words.iter().any(|word| others(word));
    // A family of its own may be called after another and be trained from scratch: Open LLaMA, Cerebras-GPT.
    match () {
        () if is_tuned || model.is_derivative || (names_another && !is_own) => Origin::Derived,
        () if is_own && is_base && !names_another => Origin::OwnBase,
        () => Origin::Unknown,
    }
}

/// The kind of model by the board's label. An unlabelled base model of its family's own maker is pretrained; what is
/// made or copied from another's model and calls itself pretrained is not one of its own.
pub(super) fn kind_of(label: &str, origin: Origin) -> Option<&'static str> {
    // The second version prints the labels without spaces.
    let label: String = label.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    match (label.as_str(), origin) {
        ("pretrained", Origin::Derived) => Some("derivative"),
        ("pretrained", _) | ("", Origin::OwnBase) => Some("pretrained"),
        ("continuouslypretrained", _) => Some("continued"),
        ("finetunedondomainspecificdatasets", _) => Some("fine-tuned"),
        ("basemergesandmoerges", _) => Some("merge"),
        ("multimodal", _) => Some("multimodal"),
        ("other", _) => Some("other"),
        (chat, _) if chat.starts_with("chatmodels") => Some("chat"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "model,arc,hellaswag,mmlu,truthfulqa,winogrande,gsm8k,type,precision,date\n";

    fn table(rows: &str) -> RawTable {
        RawTable::parse("t.csv", &format!("{HEADER}{rows}")).expect("a table")
    }

    fn first_listed(rows: &str, report: Option<Date>, released: Option<Date>) -> Option<Date> {
        let table = table(rows);
        let rows: Vec<RawRow<'_>> = table.rows().collect();
        let reported = report.map(|day| ("a/b".to_owned(), day)).into_iter().collect();
        listed("a/b", &rows, &reported, released).expect("dates")
    }

    #[test]
    fn trap_7_averages_are_recomputed_over_four_and_over_six_tasks() {
        let table = table("a/b,60,80,70,50,80,20,,float16,2024-01-01T00:00:00Z\n");
        let row = table.rows().next().expect("a row");
        let rows = score_rows("a/b", &row, Date::constant(2024, 7, 13)).expect("scores");
        let score = |metric: &str| rows.iter().find(|r| r.metric == metric).map(|r| r.score);
        assert_eq!((score("average-6"), score("average-4")), (Some(60.0), Some(65.0)));
        assert_eq!(rows.len(), 8);
    }

    #[test]
    fn trap_7_a_rerun_does_not_hide_the_first_listing() {
        let rows =
            "a/b,1,1,1,1,1,1,,float16,2024-06-09T14:59:42Z\na/b,1,1,1,1,1,1,,8bit,2023-11-05T00:00:00Z\n";
        assert_eq!(first_listed(rows, None, None), Some(Date::constant(2023, 11, 5)));
        let report = Date::constant(2023, 10, 31);
        assert_eq!(first_listed(rows, Some(report), None), Some(report));
    }

    #[test]
    fn trap_7_a_late_evaluation_leaves_the_decision_to_the_release_date() {
        let row = "a/b,1,1,1,1,1,1,,bfloat16,2024-06-09T14:59:42Z\n";
        assert_eq!(first_listed(row, None, Some(Date::constant(2023, 11, 2))), None);
        let soon = Some(Date::constant(2024, 5, 20));
        assert_eq!(first_listed(row, None, soon), Some(Date::constant(2024, 6, 9)));
    }

    #[test]
    fn trap_8_a_report_tells_when_a_model_was_seen_and_nothing_else() {
        let report = "Model,Average,Parameters\na/b,74.1,38.88888888888889\n";
        let report = RawTable::parse("r.csv", report).expect("a table");
        let mut seen = BTreeMap::new();
        first_seen(&report, Date::constant(2023, 10, 31), &mut seen);
        let archive = format!(
            "{},params_b\na/b,1,1,1,1,1,1,,float16,2024-01-05T00:00:00Z,70\n\
             c/d,1,1,1,1,1,1,,float16,2023-09-01T00:00:00Z,13\n",
            HEADER.trim_end()
        );
        let archive = RawTable::parse("t.csv", &archive).expect("a table");
        let day = Date::constant(2024, 7, 13);
        let rows = archive_rows(&archive, day, &seen, &Names::default()).expect("rows");
        let of = |name: &str| rows.iter().find(|row| row.name == name).expect("is there");
        // A size rescaled for a plot is not read; a model that the report leaves out was there all the same.
        let told = |name| (of(name).size.clone(), of(name).listed);
        assert_eq!(told("a/b"), (Some("70.0".to_owned()), Some(Date::constant(2023, 10, 31))));
        assert_eq!(told("c/d"), (Some("13.0".to_owned()), Some(Date::constant(2023, 9, 1))));
    }

    #[test]
    fn trap_7_an_unlabelled_official_base_model_is_pretrained() {
        let names = Names::default();
        let own = ModelName { family: Some("yi".to_owned()), ..ModelName::default() };
        assert_eq!(origin("01-ai/Yi-34B", &own, &names), Origin::OwnBase);
        assert_eq!(kind_of("", Origin::OwnBase), Some("pretrained"));
        assert_eq!(origin("upstage/SOLAR-10.7B-Instruct-v1.0", &own, &names), Origin::Derived);
        let chat = ModelName { variant: Some("chat".to_owned()), ..own.clone() };
        assert_eq!(origin("01-ai/Yi-1.5-34B-Talk", &chat, &names), Origin::Unknown);
        let copy = ModelName { namespace: Some("someone".to_owned()), ..own };
        assert_eq!(origin("someone/Yi-34B", &copy, &names), Origin::Unknown);
        assert_eq!(kind_of("", Origin::Unknown), None);
    }

    #[test]
    fn a_copy_of_anothers_model_is_not_pretrained_by_its_own_word() {
        let copy = ModelName { is_derivative: true, ..ModelName::default() };
        assert_eq!(origin("chargoddard/Yi-34B-Llama", &copy, &Names::default()), Origin::Derived);
        assert_eq!(kind_of("🟢 pretrained", Origin::Derived), Some("derivative"));
        assert_eq!(kind_of("🟢 pretrained", Origin::Unknown), Some("pretrained"));
    }

    #[test]
    fn an_architecture_spelled_letter_by_letter_is_put_together() {
        assert_eq!(architecture("L;l;a;m;a;F;o;r;C;a;u;s;a;l;L;M").as_deref(), Some("LlamaForCausalLM"));
        assert_eq!(
            architecture("MistralForCausalLM;QuietForCausalLM").as_deref(),
            Some("MistralForCausalLM")
        );
        assert_eq!(
            (size("7.242").as_deref(), size("0"), size("-1"), size("")),
            (Some("7.2"), None, None, None)
        );
        assert_eq!((architecture("?"), architecture("Unknown"), architecture("")), (None, None, None));
    }

    #[test]
    fn labels_of_both_versions_mean_the_same() {
        assert_eq!(kind_of("🔶 fine-tuned on domain-specific datasets", Origin::Unknown), Some("fine-tuned"));
        assert_eq!(kind_of("fine-tunedondomain-specificdatasets", Origin::Unknown), Some("fine-tuned"));
        assert_eq!(kind_of("💬 chat models (RLHF, DPO, IFT, ...)", Origin::Derived), Some("chat"));
    }
}
