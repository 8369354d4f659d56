//! `benchclaim check`: articles in; every claim judged, in the format asked for, out.
//!
//! Formats that are lines after lines are made and kept a document at a time, the others for all documents at once.

use super::args::{CheckArguments, FailOn, JudgeArguments};
use super::baseline::{self, Baseline};
use super::cache::{self, Cache, Keeping, Kept};
use super::config::Settings;
use super::extractor::Extractor;
use super::{Ending, input, output};
use crate::article::Article;
use crate::dataset::{Catalog, Store};
use crate::parallel;
use crate::report::{self, Format, Report, Style};
use anyhow::{Result, anyhow};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

/// What every document of a run is judged with.
struct Run<'r, C> {
    arguments: &'r CheckArguments,
    settings: &'r Settings,
    style: Style,
    format: Format,
    baseline: Option<Baseline>,
    cache: Cache,
    extractor: Extractor,
    /// Articles that tell no day.
    undated: AtomicUsize,
    /// Opened when the first document asks for it: a run that finds all its results needs no data.
    catalog: C,
}

/// Judges every article.
pub(super) fn run(
    arguments: &CheckArguments,
    settings: &Settings,
    store: Store,
    style: Style,
) -> Result<Ending> {
    let format = arguments.output.format.or(settings.format).unwrap_or(Format::Full);
    let keeping = if arguments.no_cache { Keeping::Off } else { Keeping::On };
    let extractor = Extractor::settled(&arguments.extractor, settings, keeping)?;
    if arguments.write_baseline {
        let file = baseline_file(&arguments.judge, settings);
        let file = file.unwrap_or_else(|| PathBuf::from(baseline::NAME));
        return write_baseline(arguments, settings, store, &extractor, file);
    }
    let baseline = baseline(&arguments.judge, settings)?;
    let asked = [
        format.row().name,
        &format!("{style:?} {:?}", arguments.judge.as_of),
        &settings.text,
        &std::env::current_dir().unwrap_or_default().display().to_string(),
        &baseline.as_ref().map(Baseline::to_text).transpose()?.unwrap_or_default(),
        &extractor.mark(),
    ];
    let cache = Cache::new(keeping, &store, &asked);
    // Never dropped: the process ends here, and giving back every row one by one takes longer than it is worth.
    let open = || {
        std::thread::scope(|scope| {
            scope.spawn(crate::claim::prepare);
            Catalog::open(store)
        })
    };
    let catalog = ManuallyDrop::new(LazyLock::new(open));
    let catalog = || LazyLock::force(&catalog).as_ref().map_err(|error| anyhow!("{error}"));
    let undated = AtomicUsize::new(0);
    let run = Run { arguments, settings, style, format, baseline, cache, extractor, undated, catalog };
    let ending = match format {
        Format::Full | Format::Concise | Format::Jsonl | Format::Github => run.by_document(),
        _ => run.at_once(),
    };
    note_undated(run.undated.load(Ordering::Relaxed));
    ending
}

/// Says that articles were judged on the newest data because they tell no day: what was right when it was written may
/// not be so today.
pub(super) fn note_undated(articles: usize) {
    let told = match articles {
        0 => return,
        1 => "an article tells no day and was".to_owned(),
        n => format!("{n} articles tell no day and were"),
    };
    output::complain(&format!(
        "note: {told} judged on the newest data; --date YYYY-MM-DD says when it was written"
    ));
}

impl<'c, C: Fn() -> Result<&'c Catalog> + Sync> Run<'_, C> {
    fn by_document(&self) -> Result<Ending> {
        let target = self.arguments.output.output.as_deref();
        let (mut ending, mut held, mut any) = (Ending::Clean, Vec::new(), false);
        let work = |article: Article| self.kept(vec![article]);
        let read = input::for_each_batch(&self.arguments.input, work, |results| {
            for kept in results {
                any = true;
                ending = self.worse(ending, &kept);
                match target {
                    Some(_) => held.extend(kept.bytes),
                    None => _ = output::write(&kept.bytes, None)?,
                }
            }
            Ok(())
        });
        if let (Some(target), true) = (target, any) {
            output::write_file(target, &held)?;
        }
        read.map(|()| ending)
    }

    fn at_once(&self) -> Result<Ending> {
        let mut articles = Vec::new();
        let read = input::for_each_batch(&self.arguments.input, Ok, |batch| {
            articles.extend(batch);
            Ok(())
        });
        let mut ending = Ending::Clean;
        // Of inputs that could all not be read there is nothing to show.
        if !articles.is_empty() {
            let kept = self.kept(articles)?;
            ending = self.worse(ending, &kept);
            output::write(&kept.bytes, self.arguments.output.output.as_deref())?;
        }
        read.map(|()| ending)
    }

    /// The output for these articles, kept from before or made now.
    fn kept(&self, articles: Vec<Article>) -> Result<Kept> {
        if self.arguments.judge.as_of.is_none() {
            let undated = articles.iter().filter(|article| article.published.is_none()).count();
            self.undated.fetch_add(undated, Ordering::Relaxed);
        }
        let shown: Vec<String> = articles.iter().map(|article| format!("{article:?}")).collect();
        let key = self.cache.key(shown.iter().map(String::as_bytes));
        if let Some(kept) = self.cache.get(&key) {
            return Ok(kept);
        }
        let judged = parallel::map(articles, |article| self.report(article));
        let reports = judged.into_iter().collect::<Result<Vec<Report>>>()?;
        let bytes = report::render(&reports, self.format, self.style)?;
        let kept = Kept { outcomes: cache::outcomes(&reports), bytes };
        self.cache.put(&key, &kept);
        Ok(kept)
    }

    fn report(&self, article: Article) -> Result<Report> {
        let catalog = (self.catalog)()?;
        let claims = self.extractor.claims(&article, catalog.names())?;
        let mut report = crate::report_claims(claims, article, catalog, self.arguments.judge.as_of)?;
        self.settings.apply(&mut report);
        if let Some(baseline) = &self.baseline {
            baseline.mark(&mut report);
        }
        Ok(report)
    }

    fn worse(&self, ending: Ending, kept: &Kept) -> Ending {
        let fail_on = fail_on(&self.arguments.judge, self.settings);
        if kept.outcomes.iter().any(|outcome| fail_on.fails(*outcome)) { Ending::Findings } else { ending }
    }
}

/// Writes every finding to the baseline, in place of what it held.
fn write_baseline(
    arguments: &CheckArguments,
    settings: &Settings,
    store: Store,
    extractor: &Extractor,
    file: PathBuf,
) -> Result<Ending> {
    let catalog = Catalog::open(store)?;
    let baseline = Mutex::new(Baseline::default());
    let fail_on = fail_on(&arguments.judge, settings);
    let work = |article: Article| {
        let claims = extractor.claims(&article, catalog.names())?;
        let mut report = crate::report_claims(claims, article, &catalog, arguments.judge.as_of)?;
        settings.apply(&mut report);
        baseline.lock().unwrap_or_else(PoisonError::into_inner).add(&report, fail_on, &settings.mapping);
        Ok(())
    };
    input::for_each_batch(&arguments.input, work, |_| Ok(()))?;
    let baseline = baseline.into_inner().unwrap_or_else(PoisonError::into_inner);
    output::write_file(&file, baseline.to_text()?.as_bytes())?;
    output::complain(&format!("{} findings written to {}", baseline.len(), file.display()));
    Ok(Ending::Clean)
}

/// The verdict from which on the run fails: as typed, as configured, else `contradicted`.
pub(super) fn fail_on(arguments: &JudgeArguments, settings: &Settings) -> FailOn {
    arguments.fail_on.or(settings.fail_on).unwrap_or(FailOn::Contradicted)
}

/// The baseline as typed, else as configured. One that is configured and not there yet is none.
fn baseline_file(arguments: &JudgeArguments, settings: &Settings) -> Option<PathBuf> {
    arguments.baseline.clone().or_else(|| settings.baseline.clone())
}

/// The findings that are known. A configuration may name the file before there is one: that accepts nothing, and is said.
pub(super) fn baseline(arguments: &JudgeArguments, settings: &Settings) -> Result<Option<Baseline>> {
    match baseline_file(arguments, settings) {
        Some(file) if arguments.baseline.is_none() && !file.exists() => {
            let told =
                "is not there, so that every finding counts; `benchclaim check --write-baseline` writes it";
            output::complain(&format!("note: the configuration's baseline {} {told}", file.display()));
            Ok(None)
        }
        file => file.map(|file| Baseline::read(&file)).transpose(),
    }
}

/// The ending after one more report.
pub(super) fn worse(ending: Ending, report: &Report, fail_on: FailOn) -> Ending {
    let counts = |checked: &&report::Checked| !checked.standing.is_known();
    let fails = report.checked.iter().filter(counts).any(|checked| fail_on.fails(checked.verdict.outcome));
    if fails { Ending::Findings } else { ending }
}
