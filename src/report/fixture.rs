//! Made-up reports for tests: every outcome, every figure, hostile text, any number of claims. No figure here is a
//! finding; verdicts come from the real judge.

use super::document::{Checked, Report, SourceCard};
use crate::article::{Article, Paragraph, ParagraphKind, Segment, Span};
use crate::claim::{Claim, ClaimKind, NamedBenchmark, Party, Relation};
use crate::evidence::{
    Absence, Evaluation, Evidence, FrontierStep, Measured, Picture, Pool, Reading, Rung, Source, Step, Target, Uncertainty,
};
use crate::reported::{Comparator, Interval, Reported, Unit};
use crate::verdict::judge;
use jiff::ToSpan;
use jiff::civil::{Date, date};

const AS_OF: Date = date(2023, 11, 21);
const NEWEST: Date = date(2025, 3, 13);

const TEXT: &str = "China's open models have arrived\n\n\
    Chinese labs have spent the autumn releasing language models that anyone may download, and some of them are very \
    good. Yi-34B leaped to the top of the Open LLM Leaderboard among pretrained models in November. Its makers say that \
    Yi-34B scores 76.3% on MMLU, and that it was trained on three trillion tokens.\n\n\
    The rise is not confined to one start-up. Qwen rivals Llama 2, the model family that Meta opened in July, and on \
    most tests Qwen-72B is better than Llama-2-70B. Baichuan 2 beats ChatGLM2 by 20 points on C-Eval. Closed American \
    models are still ahead: China lags the United States by at least a year, according to one analyst, but the gap is \
    closing rapidly.\n\n\
    > 80% of start-ups that raise money now build on Chinese open models.\n\n\
    Critics point out that Yi's architecture came from LLaMA, down to the names of its tensors. GPT-4 still leads the \
    Chatbot Arena, and Claude 2 is roughly on par with GPT-3.5. Mistral 7B needs 7.3 billion parameters to match models \
    twice its size. More than 100 Chinese models were released this year. By 2026 Chinese models will overtake American \
    ones; the hype is not much fun to read.";

fn span_of(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    Span::new(start, start + words.len())
}

fn article(title: &str, text: &str) -> Article {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let kind = match (start, part.starts_with("> ")) {
            (0, _) => ParagraphKind::Heading,
            (_, true) => ParagraphKind::Quotation,
            _ => ParagraphKind::Prose,
        };
        let span = Span::new(start, start + part.len());
        paragraphs.push(Paragraph { span, kind, repeats: None, skipped: None });
        start += part.len() + 2;
    }
    Article {
        id: "autumn.md".to_owned(),
        title: Some(title.to_owned()),
        url: Some("https://news.example/2023/11/open-models".to_owned()),
        published: Some(AS_OF),
        original: text.to_owned(),
        plain: text.to_owned(),
        segments: vec![Segment { plain: 0, original: 0, len: text.len() }],
        paragraphs,
        sentences: Vec::new(),
    }
}

fn party(text: &str) -> Party {
    Party { text: text.to_owned(), entity: None }
}

fn claim(text: &str, kind: ClaimKind, quote: &str, subject: &str) -> Claim {
    let span = span_of(text, quote);
    let start = text[..span.start].rfind(". ").map_or(0, |i| i + 2).max(text[..span.start].rfind('\n').map_or(0, |i| i + 1));
    let end = text[span.end..].find('.').map_or(text.len(), |i| span.end + i + 1);
    Claim {
        kind,
        span,
        quote: quote.to_owned(),
        sentence: Span::new(start, end),
        subject: vec![party(subject)],
        object: Vec::new(),
        relation: None,
        benchmark: None,
        reported: None,
        population: None,
        as_of: None,
        attributed_to: None,
        hedged: false,
        negated: false,
        checkable: kind.is_checkable(),
        rule: format!("{}-fixture", kind.name()),
        mentions: Vec::new(),
    }
}

fn source(dataset: &str, snapshot: Date, row: &str) -> Source {
    Source {
        dataset: dataset.to_owned(),
        snapshot,
        sha256: "5f2b9c1e".repeat(8),
        url: format!("https://data.example/{dataset}"),
        rows: vec![row.to_owned()],
    }
}

fn measured(label: &str, unit: Unit, estimate: f64, uncertainty: Uncertainty, claimed: Interval) -> Measured {
    Measured {
        label: label.to_owned(),
        benchmark: label.split(':').next().unwrap_or(label).to_lowercase(),
        metric: "accuracy".to_owned(),
        unit,
        estimate,
        n: match &uncertainty {
            Uncertainty::Proportion { n, .. } => Some(*n),
            _ => None,
        },
        uncertainty,
        evaluation: Evaluation::Independent,
        claimed,
        target: Target::Latent,
        conclusion: None,
        scale: 1.0,
        sources: vec![source("open-llm-leaderboard-v1", date(2023, 11, 6), &format!("{label}={estimate}"))],
    }
}

fn reading(name: &str, meaning: &str, measured: Vec<Measured>, picture: Picture) -> Reading {
    Reading {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        pool: if measured.len() > 1 { Pool::Benchmarks } else { Pool::Sources },
        measured,
        absence: None,
        steps: Vec::new(),
        picture: Some(picture),
    }
}

fn absent(absence: Absence, meaning: &str) -> Evidence {
    let mut reading = reading("as-worded", meaning, Vec::new(), Picture::Forest);
    (reading.absence, reading.picture) = (Some(absence), None);
    Evidence { as_of: AS_OF, then: vec![reading.clone()], now: vec![reading], timeline: Vec::new() }
}

/// Evidence on `then`, and on newer days with the headline's values moved by `drift` a day of the timeline.
fn evidence(then: Vec<Reading>, drift: f64) -> Evidence {
    let moved = |reading: &Reading, days: f64| {
        let mut reading = reading.clone();
        for value in &mut reading.measured {
            value.estimate += drift * days;
            if let Uncertainty::Draws(draws) = &mut value.uncertainty {
                draws.iter_mut().for_each(|draw| *draw += drift * days);
            }
        }
        reading
    };
    let timeline: Vec<(Date, Reading)> = (1..=8)
        .map(|i| (AS_OF.saturating_add((i * 59).days()), moved(&then[0], f64::from(i))))
        .collect();
    let now = then.iter().map(|reading| moved(reading, 8.0)).collect();
    Evidence { as_of: AS_OF, then, now, timeline }
}

fn ladder(subject: &str, names: &[&str], score: impl Fn(usize) -> f64) -> Picture {
    let place = names.iter().position(|name| *name == subject).unwrap_or(0);
    let rungs = names.iter().enumerate().map(|(i, name)| Rung {
        rank: i + 1,
        name: (*name).to_owned(),
        score: score(i),
        ci_low: Some(score(i) - 0.9),
        ci_high: Some(score(i) + 0.9),
        is_subject: *name == subject,
        is_tie: *name == subject || (score(i) - score(place)).abs() < 1.8,
    });
    Picture::Ladder { board: "Open LLM Leaderboard".to_owned(), metric: "average, %".to_owned(), rungs: rungs.collect() }
}

fn frontier() -> Picture {
    let step = |day: Date, score: f64, model: &str| FrontierStep { day, score, model: model.to_owned() };
    Picture::Frontier {
        board: "Capabilities index".to_owned(),
        metric: "index points".to_owned(),
        leader: "United States".to_owned(),
        laggard: "China".to_owned(),
        leader_steps: vec![
            step(date(2021, 5, 18), 88.0, "LaMDA"),
            step(date(2022, 4, 4), 101.0, "PaLM 540B"),
            step(date(2022, 9, 20), 109.5, "GPT-3.5"),
            step(date(2023, 3, 14), 126.0, "GPT-4"),
            step(date(2023, 11, 6), 128.5, "GPT-4 Turbo"),
        ],
        laggard_steps: vec![
            step(date(2021, 7, 5), 76.0, "ERNIE 3.0"),
            step(date(2022, 8, 4), 92.0, "GLM-130B"),
            step(date(2023, 9, 20), 104.0, "Qwen-14B"),
            step(date(2023, 11, 2), 109.0, "Yi-34B"),
        ],
        day: AS_OF,
        reached: Some(date(2022, 9, 20)),
    }
}

/// The measured claims: each with evidence of its own shape.
fn measured_claims() -> Vec<(Claim, Option<Evidence>)> {
    let text = TEXT;
    let at_least = Interval::at_least;
    let mut claims = Vec::new();

    let names = ["Yi-34B", "Falcon-180B", "Llama-2-70B", "Qwen-14B", "Mistral-7B", "Llama-65B", "Falcon-40B", "Baichuan2-13B"];
    let draws: Vec<f64> = (0..200).map(|i| if i < 196 { 1.0 } else { 2.0 }).collect();
    let mut rank = measured("Open LLM Leaderboard: rank of Yi-34B", Unit::Rank, 1.0, Uncertainty::Draws(draws), Interval::below(1.5));
    rank.n = Some(8);
    let mut first = claim(text, ClaimKind::Rank, "Yi-34B leaped to the top of the Open LLM Leaderboard among pretrained models", "Yi-34B");
    first.benchmark = Some(NamedBenchmark { text: "Open LLM Leaderboard".to_owned(), id: Some("open-llm".to_owned()) });
    first.reported = Some(Reported { comparator: Some(Comparator::Le), ..Reported::exact(1.0, Unit::Rank, 1.0) });
    first.as_of = Some("2023-11".to_owned());
    let picture = ladder("Yi-34B", &names, |i| 70.7 - 1.55 * i as f64);
    let all = measured("Open LLM Leaderboard: rank of Yi-34B", Unit::Rank, 4.0, Uncertainty::Exact, Interval::below(1.5));
    claims.push((first, Some(evidence(vec![
        reading("pretrained-only", "the rank of Yi-34B among pretrained models", vec![rank], picture.clone()),
        reading("all-models", "the rank of Yi-34B among all models", vec![all], picture),
    ], 0.75))));

    let mut score = claim(text, ClaimKind::Score, "Yi-34B scores 76.3% on MMLU", "Yi-34B");
    score.attributed_to = Some("Its makers".to_owned());
    score.reported = Some(Reported::exact(76.3, Unit::Percent, 0.1));
    let exact = Interval { low: 76.25, high: 76.35 };
    let mut own = measured("MMLU: Yi-34B", Unit::Percent, 76.3, Uncertainty::Unknown, exact);
    own.evaluation = Evaluation::SelfReported;
    let mut board = measured("MMLU: Yi-34B", Unit::Percent, 75.9, Uncertainty::Proportion { n: 14_042, scale: 100.0 }, exact);
    (board.target, board.conclusion) = (Target::Published, Some(exact.widened(1.0)));
    let mut both = reading("as-worded", "the accuracy of Yi-34B on MMLU", vec![board, own], Picture::Forest);
    both.pool = Pool::Sources;
    claims.push((score, Some(evidence(vec![both], 0.0))));

    let mut tokens = claim(text, ClaimKind::Attribute, "it was trained on three trillion tokens", "Yi-34B");
    tokens.reported = Some(Reported::exact(3e12, Unit::Tokens, 1e12));
    let value = measured("Training tokens of Yi-34B", Unit::Tokens, 3.1e12, Uncertainty::Exact, Interval { low: 2.5e12, high: 3.5e12 });
    claims.push((tokens, Some(evidence(vec![reading("as-worded", "the documented training tokens of Yi-34B", vec![value], Picture::Forest)], 0.0))));

    let mut rivals = claim(text, ClaimKind::Comparison, "Qwen rivals Llama 2", "Qwen");
    (rivals.relation, rivals.object) = (Some(Relation::Comparable), vec![party("Llama 2")]);
    let six = |shift: f64, edge: f64| -> Vec<Measured> {
        let rows = [("MMLU", 8.5, 0.55), ("HellaSwag", -1.9, 0.5), ("ARC", -2.1, 1.9), ("TruthfulQA", 15.3, 2.1), ("WinoGrande", -0.9, 1.5), ("GSM8K", 16.2, 1.7)];
        rows.map(|(name, difference, sd)| {
            let label = format!("{name}: Qwen-72B minus Llama-2-70B");
            let mut row = measured(&label, Unit::Points, difference + shift, Uncertainty::Normal { sd }, at_least(edge));
            row.n = Some(1319);
            row
        }).to_vec()
    };
    let mut best = reading("best-against-best", "the best Qwen against the best Llama 2", six(0.0, -2.0), Picture::Forest);
    best.steps = vec![Step::Indirectness];
    let same = reading("same-size", "the best Qwen of the size of the best Llama 2", six(-6.0, -2.0), Picture::Forest);
    let month = reading("same-time", "Qwen against Llama 2 released within six months of each other", six(-15.0, -2.0), Picture::Forest);
    claims.push((rivals, Some(evidence(vec![best, same, month], 0.0))));

    let mut better = claim(text, ClaimKind::Comparison, "Qwen-72B is better than Llama-2-70B", "Qwen-72B");
    (better.relation, better.object) = (Some(Relation::Better), vec![party("Llama-2-70B")]);
    claims.push((better, Some(evidence(vec![reading("as-worded", "Qwen-72B against Llama-2-70B", six(0.0, 0.0), Picture::Forest)], 0.6))));

    let mut points = claim(text, ClaimKind::Comparison, "Baichuan 2 beats ChatGLM2 by 20 points on C-Eval", "Baichuan 2");
    (points.relation, points.object) = (Some(Relation::Better), vec![party("ChatGLM2")]);
    points.reported = Some(Reported::exact(20.0, Unit::Points, 1.0));
    let value = measured("C-Eval: Baichuan2-13B minus ChatGLM2-6B", Unit::Points, 6.4, Uncertainty::Normal { sd: 1.6 }, Interval { low: 19.5, high: 20.5 });
    claims.push((points, Some(evidence(vec![reading("best-against-best", "the best Baichuan 2 against the best ChatGLM2", vec![value], Picture::Forest)], 0.0))));

    let mut gap = claim(text, ClaimKind::Gap, "China lags the United States by at least a year", "China");
    (gap.relation, gap.object) = (Some(Relation::Worse), vec![party("the United States")]);
    gap.reported = Some(Reported { comparator: Some(Comparator::Ge), ..Reported::exact(12.0, Unit::Months, 12.0) });
    gap.attributed_to = Some("one analyst".to_owned());
    let draws: Vec<f64> = (0..200).map(|i| 11.0 + f64::from(i) * 0.028).collect();
    let value = measured("Capabilities index: lag of China", Unit::Months, 14.0, Uncertainty::Draws(draws), at_least(12.0));
    claims.push((gap, Some(evidence(vec![reading("frontier-lag", "the lag of the best Chinese model behind the best American one", vec![value], frontier())], -1.0))));
    claims
}

/// What is left: the silent outcomes and single values.
fn other_claims() -> Vec<(Claim, Option<Evidence>)> {
    let text = TEXT;
    let mut claims = Vec::new();
    let mut trend = claim(text, ClaimKind::Trend, "the gap is closing rapidly", "the gap");
    trend.relation = Some(Relation::Closing);
    let slope = measured("Lag of China: change a year", Unit::Months, -1.4, Uncertainty::Normal { sd: 2.2 }, Interval::below(0.0));
    claims.push((trend, Some(evidence(vec![reading("eighteen-months", "the trend of the lag over the last 18 months", vec![slope], Picture::Forest)], 0.0))));
    let mut share = claim(text, ClaimKind::Share, "80% of start-ups that raise money now build on Chinese open models", "start-ups");
    share.reported = Some(Reported::exact(80.0, Unit::Percent, 10.0));
    share.population = Some("start-ups that raise money".to_owned());
    claims.push((share, Some(absent(Absence::ProxyOnly, "the share of start-ups that raise money"))));
    let lineage = claim(text, ClaimKind::Lineage, "Yi's architecture came from LLaMA", "Yi");
    let value = measured("Declared architecture of Yi-34B is LLaMA's", Unit::Count, 1.0, Uncertainty::Exact, Interval::at_least(1.0));
    claims.push((lineage, Some(evidence(vec![reading("architecture", "whether the architecture of Yi is that of LLaMA", vec![value], Picture::Forest)], 0.0))));
    let leads = claim(text, ClaimKind::Rank, "GPT-4 still leads the Chatbot Arena", "GPT-4");
    let mut value = measured("Chatbot Arena: lead of GPT-4", Unit::Elo, 21.0, Uncertainty::Normal { sd: 9.0 }, Interval::at_least(0.0));
    value.evaluation = Evaluation::Crowd;
    let names = ["GPT-4 Turbo", "GPT-4", "Claude 1", "Claude 2", "Claude Instant", "GPT-3.5 Turbo"];
    let board = ladder("GPT-4", &names, |i| 70.0 - i as f64);
    claims.push((leads, Some(evidence(vec![reading("as-worded", "the rank of GPT-4 on the Chatbot Arena", vec![value], board)], -12.0))));
    let par = claim(text, ClaimKind::Comparison, "Claude 2 is roughly on par with GPT-3.5", "Claude 2");
    let value = measured("Chatbot Arena: Claude 2 minus GPT-3.5", Unit::Elo, 14.0, Uncertainty::Normal { sd: 20.0 }, Interval { low: -15.0, high: 15.0 });
    claims.push((par, Some(evidence(vec![reading("as-worded", "Claude 2 against GPT-3.5", vec![value], Picture::Forest)], 0.0))));
    let many = claim(text, ClaimKind::Count, "More than 100 Chinese models were released this year", "Chinese models");
    claims.push((many, Some(absent(Absence::NoSnapshotAtDate, "Chinese models released in 2023"))));
    let forecast = claim(text, ClaimKind::Forecast, "By 2026 Chinese models will overtake American ones", "Chinese models");
    claims.push((forecast, None));
    claims
}

fn with(article: Article, claims: Vec<(Claim, Option<Evidence>)>) -> Report {
    let checked = claims.into_iter().map(|(claim, evidence)| {
        let verdict = judge(&claim, evidence.as_ref());
        Checked { claim, evidence, verdict }
    });
    let card = |id: &str, title: &str, licence: &str, rows: usize| SourceCard {
        id: id.to_owned(),
        title: title.to_owned(),
        url: format!("https://data.example/{id}"),
        licence: licence.to_owned(),
        attribution: format!("{title}, its authors and contributors"),
        first: date(2023, 5, 8),
        last: NEWEST,
        rows,
    };
    Report {
        article,
        checked: checked.collect(),
        as_of: AS_OF,
        newest: NEWEST,
        sources: vec![
            card("open-llm-leaderboard-v1", "Open LLM Leaderboard (first version)", "Apache-2.0", 41_230),
            card("capabilities-index", "Capabilities index", "CC-BY-4.0", 1_204),
        ],
        not_checked: vec![
            ("the hype is not much fun to read".to_owned(), "an opinion about the text itself".to_owned()),
            ("Two tables".to_owned(), "no sentence in them".to_owned()),
        ],
        version: "0.1.0".to_owned(),
    }
}

/// Fourteen claims of nine types with most outcomes and every figure.
pub(crate) fn report() -> Report {
    let claims = measured_claims().into_iter().chain(other_claims()).collect();
    with(article("China's open models have arrived", TEXT), claims)
}

/// A report with `n` claims, the fixture's claims over and over.
pub(crate) fn with_claims(n: usize) -> Report {
    let known = report();
    let checked = known.checked.iter().cycle().take(n).cloned().collect();
    Report { checked, ..known }
}

/// Text that would be markup in every format, odd scripts, and a very long quote.
pub(crate) fn hostile() -> Report {
    let evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> #panic(\"typst\") $x^2$ *bold* _it_ \
                @label <label> #eval(\"1\") {{ 7*7 }} {% raw %} \u{1b}[31mred\u{1b}[0m \u{202E}txet\u{202C} \
                \u{0} \u{FFFE} =HYPERLINK(\"x\") | cell | `code` مرحبا بالعالم 通义千问 👩🏽‍🔬 Z̴̙͐a̷l̶g̴o̵ https://x.example";
    let long = "very ".repeat(400) + "long";
    let text = format!("Title\n\n{evil} is better than Qwen.\n\nA model that is {long} beats GPT-4. {}", "x".repeat(600));
    let mut article = article(evil, &text);
    article.id = evil.to_owned();
    article.url = Some("javascript:alert(1)".to_owned());
    let mut first = claim(&text, ClaimKind::Comparison, evil, evil);
    first.benchmark = Some(NamedBenchmark { text: evil.to_owned(), id: None });
    let second = claim(&text, ClaimKind::Comparison, &format!("{long} beats GPT-4"), "x");
    let value = |label: &str| measured(label, Unit::Points, 1.0, Uncertainty::Normal { sd: 1e-9 }, Interval::at_least(0.0));
    let values = vec![value(evil), value(&long), value("")];
    let names: Vec<&str> = vec![evil; 40];
    let ladder = ladder(evil, &names, |i| -(i as f64));
    let claims = vec![
        (first, Some(evidence(vec![reading("as-worded", evil, values, Picture::Forest)], -0.3))),
        (second, Some(evidence(vec![reading("as-worded", &long, vec![value(evil)], ladder)], 0.0))),
    ];
    let mut report = with(article, claims);
    report.not_checked = vec![(evil.to_owned(), evil.to_owned())];
    report.sources[0].url = "javascript:alert(1)".to_owned();
    report
}
