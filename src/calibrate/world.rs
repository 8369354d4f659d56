//! Simulated worlds: a seed in; models whose true scores are known, and the noisy boards and tables that show them, out.

use crate::stats::{Draws, Z95};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The day the statements are judged on.
pub(super) const TODAY: Date = Date::constant(2025, 1, 31);

/// The two days on which the voted board was copied.
pub(super) const COPIES: [Date; 2] = [Date::constant(2024, 1, 31), TODAY];

/// The first month in which a model comes out.
const FIRST_MONTH: Date = Date::constant(2022, 1, 1);

/// Months from the first model to the last.
const MONTHS: f64 = 36.0;

/// Models of either side of a world.
const MODELS_A_SIDE: usize = 14;

/// Rating points that a side gains a month, and how far a model strays from its side's line: much against the error of
/// a rating, so that no prior is needed to read one.
const GROWTH: f64 = 10.0;
const STRAY: f64 = 60.0;

/// Points by which the second side starts behind the first.
const HEAD_START: f64 = 60.0;

/// Standard errors of ratings, from that of a model with many votes to that of a new one.
const RATING_ERROR: (f64, f64) = (3.0, 12.0);

/// Items of an exam.
const ITEMS: [u64; 4] = [100, 250, 500, 1000];

/// Releases that tables sample of a month, and releases of a maker in two years.
const SAMPLED: (f64, f64) = (20.0, 200.0);
const RELEASED: (f64, f64) = (30.0, 200.0);

/// A model with its true scores and what the boards show of them.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) id: String,
    /// 0 is the side with the head start.
    pub(super) side: usize,
    pub(super) released: Date,
    /// True rating, its standard error, and the ratings printed on the two days.
    pub(super) rating: f64,
    pub(super) error: f64,
    printed: [f64; 2],
    /// True percentage on the exam, and the printed one.
    pub(super) percent: f64,
    printed_percent: f64,
}

/// One simulated world.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) number: usize,
    pub(super) models: Vec<Model>,
    /// Items of its exam.
    pub(super) items: u64,
    /// The month whose releases are sampled, their true share of open models, and those sampled.
    pub(super) month: Date,
    pub(super) share: f64,
    sampled: Vec<bool>,
    /// The maker's true releases in the two years before the last two and in the last two, and the days of those that
    /// came out.
    pub(super) rates: (f64, f64),
    days: Vec<Date>,
    /// What statements about it are drawn from.
    pub(super) random: fastrand::Rng,
}

impl World {
    /// The world of this number; the same for one seed.
    pub(super) fn draw(seed: u64, number: usize) -> Self {
        let mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64;
        let mut random = fastrand::Rng::with_seed(mixed);
        let mut normal = Draws::seeded(random.u64(..));
        let items = ITEMS[random.usize(..ITEMS.len())];
        let models =
            (0..2 * MODELS_A_SIDE).map(|i| model(number, i, items, &mut random, &mut normal)).collect();
        let share = 0.05 + 0.9 * random.f64();
        let count = between(&mut random, SAMPLED) as usize;
        let sampled = (0..count).map(|_| random.f64() < share).collect();
        let total = between(&mut random, RELEASED);
        let after = 0.1 + 0.8 * random.f64();
        let rates = (total * (1.0 - after), total * after);
        let middle = TODAY.saturating_sub(24.months());
        let mut days = releases(rates.0, middle.saturating_sub(24.months()), &mut random);
        days.extend(releases(rates.1, middle, &mut random));
        let month = Date::constant(1960, 1, 1).saturating_add((number as i64).months());
        Self { number, models, items, month, share, sampled, rates, days, random }
    }

    pub(super) fn arena(&self) -> String {
        format!("arena{:04}", self.number)
    }

    pub(super) fn exam(&self) -> String {
        format!("exam{:04}", self.number)
    }

    /// The organisation of a side.
    pub(super) fn side(&self, side: usize) -> String {
        format!("side{side}x{:04}", self.number)
    }

    /// The organisation whose releases are counted.
    pub(super) fn maker(&self) -> String {
        format!("maker{:04}", self.number)
    }

    /// The models of a side that were out by the day, oldest first.
    pub(super) fn of_side(&self, side: usize, day: Date) -> Vec<&Model> {
        let mut models: Vec<&Model> =
            self.models.iter().filter(|model| model.side == side && model.released <= day).collect();
        models.sort_by_key(|model| model.released);
        models
    }
}

fn between(random: &mut fastrand::Rng, (low, high): (f64, f64)) -> f64 {
    low + (high - low) * random.f64()
}

fn model(world: usize, i: usize, items: u64, random: &mut fastrand::Rng, normal: &mut Draws) -> Model {
    let side = i / MODELS_A_SIDE;
    let age_months = MONTHS * random.f64();
    let line = 1000.0 + GROWTH * age_months - HEAD_START * side as f64;
    let rating = normal.normal(line, STRAY);
    let error = between(random, RATING_ERROR);
    // The exam asks for something like it: its odds rise with the rating.
    let odds = normal.normal((rating - 1150.0) / 150.0, 0.7).exp();
    let percent = 100.0 * odds / (1.0 + odds);
    let right = (0..items).filter(|_| random.f64() < percent / 100.0).count();
    Model {
        id: format!("w{world:04}z{i:02}"),
        side,
        released: FIRST_MONTH.saturating_add(((age_months * 30.4) as i64).days()),
        rating,
        error,
        printed: [normal.normal(rating, error), normal.normal(rating, error)],
        percent,
        printed_percent: 100.0 * right as f64 / items as f64,
    }
}

/// Days of releases in the two years from `from`: a Poisson number, by its exponential waits, each on any day.
fn releases(rate: f64, from: Date, random: &mut fastrand::Rng) -> Vec<Date> {
    let mut at = 0.0;
    let mut days = Vec::new();
    loop {
        at -= (1.0 - random.f64()).ln();
        if at > rate {
            return days;
        }
        days.push(from.saturating_add((1 + random.i64(0..720)).days()));
    }
}

/// The store's files that show these worlds.
pub(super) fn files(worlds: &[World]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let (arena, exam) = (arena_table(worlds), exam_table(worlds));
    let mut lock = String::new();
    for (id, table) in [("arena", &arena), ("exam", &exam)] {
        let entry = format!(
            "[{id}]\nfile = \"scores.csv\"\nsha256 = \"\"\nrows = {}\nfirst = \"{}\"\nlast = \"{}\"\nsnapshots = 2\n",
            table.lines().count() - 1,
            if id == "arena" { COPIES[0] } else { TODAY },
            TODAY
        );
        lock.push_str(&entry);
    }
    let mut put = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    put("lock.toml", lock);
    put("arena/dataset.toml", manifest("arena", worlds));
    put("arena/scores.csv", arena);
    put("exam/dataset.toml", manifest("exam", worlds));
    put("exam/scores.csv", exam);
    put("identities/organisations.csv", organisations(worlds));
    put("identities/benchmarks.csv", benchmarks(worlds));
    put("identities/models.csv", models(worlds));
    for (table, header) in [
        ("families", "id,name,organisation,open_weights,tokens,words,named_by,homonym,version_prefix"),
        ("aliases", "alias,model,source"),
        ("people", "name,organisation"),
        ("places", "names,countries,adjective"),
        ("events", "id,phrases,date"),
    ] {
        put(&format!("identities/{table}.csv"), format!("{header}\n"));
    }
    files
}

const SCORES: &str =
    "model,name,organisation,benchmark,metric,score,ci_low,ci_high,n,evaluation,type,listed,snapshot\n";

fn arena_table(worlds: &[World]) -> String {
    let mut text = SCORES.to_owned();
    for (copy, day) in COPIES.iter().enumerate() {
        for world in worlds {
            for model in world.models.iter().filter(|model| model.released <= *day) {
                let (score, half) = (model.printed[copy], Z95 * model.error);
                let (low, high, listed) = (score - half, score + half, model.released);
                row(
                    &mut text,
                    world,
                    model,
                    &format!("{},rating,{score:.4},{low:.4},{high:.4},,,,{listed},{day}", world.arena()),
                );
            }
        }
    }
    text
}

fn exam_table(worlds: &[World]) -> String {
    let mut text = SCORES.to_owned();
    for world in worlds {
        for model in &world.models {
            let (score, listed) = (model.printed_percent, model.released);
            row(
                &mut text,
                world,
                model,
                &format!("{},accuracy,{score:.4},,,{},,,{listed},{TODAY}", world.exam(), world.items),
            );
        }
    }
    text
}

fn row(text: &mut String, world: &World, model: &Model, rest: &str) {
    // Writing to a string cannot fail.
    _ = writeln!(text, "{0},{0},{1},{rest}", model.id, world.side(model.side));
}

fn manifest(id: &str, worlds: &[World]) -> String {
    let (metric, unit, uncertainty, evaluation) = match id {
        "arena" => ("rating", "elo", "ci95", "crowd"),
        _ => ("accuracy", "percent", "items", "independent"),
    };
    let mut text = format!(
        "id = \"{id}\"\ntitle = \"Simulated {id}\"\nsource_url = \"https://example.org\"\nrepository = \"simulated/{id}\"\nlicence = \"CC0-1.0\"\nattribution = \"simulated\"\n\
         population = \"simulated models\"\ncadence = \"once\"\nuncertainty = \"{uncertainty}\"\n\
         evaluation = \"{evaluation}\"\nhistory = \"snapshots\"\ndecision = \"shipped\"\nreason = \"simulated\"\n"
    );
    for world in worlds {
        let benchmark = if id == "arena" { world.arena() } else { world.exam() };
        _ = writeln!(
            text,
            "[[benchmark]]\nid = \"{benchmark}\"\nmetric = \"{metric}\"\nunit = \"{unit}\"\nhigher_is_better = true\n\
             tolerance = 1.0\ntolerance_reason = \"simulated\"\nmargin = 1.0\nmargin_reason = \"simulated\"\n\
             family = \"{benchmark}\""
        );
    }
    text + "[table]\nkind = \"scores\"\nfile = \"scores.csv\"\n[import]\nformat = \"simulated\"\nfolder = \"simulated\"\n"
}

fn organisations(worlds: &[World]) -> String {
    let mut text = "id,name,country,aliases,hf_namespaces,tech_giant\n".to_owned();
    for world in worlds {
        for id in [world.side(0), world.side(1), world.maker()] {
            _ = writeln!(text, "{id},{id},,,,false");
        }
    }
    text
}

fn benchmarks(worlds: &[World]) -> String {
    let mut text = "id,name,family,metric,unit,higher_is_better,aliases,kind\n".to_owned();
    for world in worlds {
        let (arena, exam) = (world.arena(), world.exam());
        _ = writeln!(text, "{arena},{arena},{arena},rating,elo,true,,board");
        _ = writeln!(text, "{exam},{exam},{exam},accuracy,percent,true,,benchmark");
    }
    text
}

fn models(worlds: &[World]) -> String {
    let mut text =
        "id,name,family,organisation,released,parameters,open_weights,licence,base_model,context_tokens,source\n"
            .to_owned();
    for world in worlds {
        for (i, is_open) in world.sampled.iter().enumerate() {
            let (id, day) = (format!("w{:04}s{i:03}", world.number), world.month.saturating_add(9.days()));
            _ = writeln!(text, "{id},{id},,,{day},,{is_open},,,,arena");
        }
        for (i, day) in world.days.iter().enumerate() {
            let id = format!("w{:04}r{i:03}", world.number);
            _ = writeln!(text, "{id},{id},,{},{day},,,,,,arena", world.maker());
        }
    }
    text
}
