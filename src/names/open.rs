//! The identity tables in; the opened [`Names`] out, or the first fault with its table, line and column.

use super::heads::Parser;
use super::lexicon::Lexicon;
use super::tables::{
    Benchmark, BenchmarkKind, Family, Homonym, IdentityTables, MANY_COUNTRIES, ModelRow, NamedBy,
    Organisation, Row, plain, read,
};
use super::{FULL_DATE_DIGITS, Names};
use crate::error::Result;
use std::collections::BTreeMap;

impl Names {
    /// Reads the tables.
    ///
    /// # Errors
    /// A table that lacks a column, or holds a value that cannot be: named by table, line and column.
    pub fn open(tables: &IdentityTables<'_>) -> Result<Names> {
        let mut names = Names { organisations: organisations(tables.organisations)?, ..Names::default() };
        names.parser = Parser::new(families(tables.families)?, &names.organisations);
        names.benchmarks = benchmarks(tables.benchmarks)?;
        let mut lexicon = Lexicon::default();
        names.read_models(tables.models, &mut lexicon)?;
        for organisation in names.organisations.values() {
            let all = std::iter::once(&organisation.name)
                .chain(&organisation.aliases)
                .chain(&organisation.namespaces);
            for name in all {
                let name = plain(name).to_lowercase();
                names.organisation_names.entry(name).or_insert_with(|| organisation.id.clone());
            }
        }
        for benchmark in names.benchmarks.values() {
            for name in std::iter::once(&benchmark.name).chain(&benchmark.aliases) {
                names
                    .benchmark_names
                    .entry(super::resolve::folded(plain(name)))
                    .or_insert_with(|| benchmark.id.clone());
            }
        }
        names.read_people(tables.people, &mut lexicon)?;
        names.read_places(tables.places, &mut lexicon)?;
        names.read_events(tables.events)?;
        names.read_aliases(tables.aliases, &mut lexicon)?;
        names.fill_lexicon(&mut lexicon);
        names.lexicon = lexicon;
        Ok(names)
    }

    fn read_models(&mut self, text: &str, lexicon: &mut Lexicon) -> Result<()> {
        const COLUMNS: [&str; 11] = [
            "id",
            "name",
            "family",
            "organisation",
            "released",
            "parameters",
            "open_weights",
            "licence",
            "base_model",
            "context_tokens",
            "source",
        ];
        read("models.csv", text, &COLUMNS, |row| {
            let id = row.required(0)?;
            if let Some((base, date)) = split_date(&id) {
                self.model_dates.entry(base).or_default().push(date);
            }
            let model = ModelRow {
                name: row.text(1).to_owned(),
                family: row.optional(2),
                organisation: row.optional(3),
                released: row.date(4)?,
                parameters: row.number(5)?,
                open_weights: row.truth(6)?,
                licence: row.optional(7),
                base_model: row.optional(8),
                context_tokens: row.number(9)?,
                source: row.optional(10),
            };
            lexicon.model(&model.name);
            self.models.insert(id, model);
            Ok(())
        })
    }

    fn read_people(&mut self, text: &str, lexicon: &mut Lexicon) -> Result<()> {
        read("people.csv", text, &["name", "organisation"], |row| {
            let organisation = row.required(1)?;
            if !self.organisations.contains_key(&organisation) {
                return Err(row.fault(1, &format!("`{organisation}` is no organisation's id")));
            }
            for name in row.list(0) {
                lexicon.person(&name, &organisation);
                self.people.insert(plain(&name).to_lowercase(), organisation.clone());
            }
            Ok(())
        })
    }

    fn read_places(&mut self, text: &str, lexicon: &mut Lexicon) -> Result<()> {
        read("places.csv", text, &["names", "countries", "adjective"], |row| {
            let countries = row.list(1);
            self.adjectives.insert(countries.clone(), row.required(2)?);
            for name in row.list(0) {
                lexicon.place(&name, &countries);
                self.places.insert(plain(&name).to_lowercase(), countries.clone());
            }
            Ok(())
        })
    }

    fn read_events(&mut self, text: &str) -> Result<()> {
        read("events.csv", text, &["id", "phrases", "date"], |row| {
            let Some(date) = row.date(2)? else { return Err(row.fault(2, "is empty")) };
            for phrase in row.list(1) {
                self.events.insert(phrase.to_lowercase(), date);
            }
            Ok(())
        })
    }

    fn read_aliases(&mut self, text: &str, lexicon: &mut Lexicon) -> Result<()> {
        read("aliases.csv", text, &["alias", "model", "source"], |row| {
            let (alias, model) = (row.required(0)?, row.required(1)?);
            let target = self.parser.parse(&model, None);
            let parsed = self.parser.parse(plain(&alias), None);
            // Of several words it may hold another family's name: "Llama 3.1 Nemotron 70B".
            if parsed.family.is_none() || alias.contains(' ') {
                lexicon.alias(&alias);
            }
            self.aliased.insert(target.id.clone());
            self.aliases.insert(parsed.id, target);
            Ok(())
        })
    }

    fn fill_lexicon(&self, lexicon: &mut Lexicon) {
        for (at, family) in self.parser.families.iter().enumerate() {
            for head in family.heads.iter().filter(|head| !head.starts_with('~')) {
                lexicon.family(head, at, family.homonym);
            }
        }
        for organisation in self.organisations.values() {
            for name in std::iter::once(&organisation.name).chain(&organisation.aliases) {
                lexicon.organisation(name, &organisation.id);
            }
        }
        for benchmark in self.benchmarks.values() {
            // A name that is repeated among the aliases with a sign is found only as the sign says.
            let is_marked = benchmark.aliases.iter().any(|alias| *plain(alias) == benchmark.name);
            let name = std::iter::once(&benchmark.name).filter(|_| !is_marked);
            for name in name.chain(&benchmark.aliases).filter(|name| !name.starts_with('!')) {
                lexicon.benchmark(name, &benchmark.id);
            }
        }
        lexicon.finish();
    }
}

fn organisations(text: &str) -> Result<BTreeMap<String, Organisation>> {
    let mut all = BTreeMap::new();
    let columns = ["id", "name", "country", "aliases", "hf_namespaces", "tech_giant"];
    read("organisations.csv", text, &columns, |row| {
        let organisation = Organisation {
            id: row.required(0)?,
            name: row.required(1)?,
            country: row.optional(2).filter(|country| country != MANY_COUNTRIES),
            international: row.text(2) == MANY_COUNTRIES,
            aliases: row.list(3),
            namespaces: row.list(4),
            tech_giant: row.truth(5)?.unwrap_or(false),
        };
        all.insert(organisation.id.clone(), organisation);
        Ok(())
    })?;
    Ok(all)
}

fn families(text: &str) -> Result<Vec<Family>> {
    let mut all = Vec::new();
    let columns = [
        "id",
        "name",
        "organisation",
        "open_weights",
        "tokens",
        "words",
        "named_by",
        "homonym",
        "version_prefix",
    ];
    read("families.csv", text, &columns, |row| {
        all.push(Family {
            id: row.required(0)?,
            name: row.required(1)?,
            organisation: row.optional(2),
            open_weights: row.truth(3)?,
            heads: row.list(4),
            words: row.list(5),
            named_by: named_by(row, 6)?,
            homonym: homonym(row, 7)?,
            version_prefix: row.truth(8)?.unwrap_or(false),
        });
        Ok(())
    })?;
    Ok(all)
}

fn named_by(row: &Row<'_>, column: usize) -> Result<NamedBy> {
    match row.text(column) {
        "size" => Ok(NamedBy::Size),
        "tier" => Ok(NamedBy::Tier),
        "version" => Ok(NamedBy::Version),
        "name" => Ok(NamedBy::Name),
        other => Err(row.fault(column, &format!("`{other}` is none of size, tier, version, name"))),
    }
}

fn homonym(row: &Row<'_>, column: usize) -> Result<Homonym> {
    match row.text(column) {
        "never" | "" => Ok(Homonym::Never),
        "bare" => Ok(Homonym::Bare),
        "numbered" => Ok(Homonym::Numbered),
        other => Err(row.fault(column, &format!("`{other}` is none of never, bare, numbered"))),
    }
}

fn benchmarks(text: &str) -> Result<BTreeMap<String, Benchmark>> {
    let mut all = BTreeMap::new();
    let columns = ["id", "name", "family", "metric", "unit", "higher_is_better", "aliases", "kind"];
    read("benchmarks.csv", text, &columns, |row| {
        let benchmark = Benchmark {
            id: row.required(0)?,
            name: row.required(1)?,
            family: row.required(2)?,
            metric: row.required(3)?,
            unit: row.required(4)?,
            higher_is_better: row.truth(5)?.unwrap_or(true),
            aliases: with_other_nouns(row.list(6)),
            kind: match row.text(7) {
                "benchmark" => BenchmarkKind::Benchmark,
                "board" => BenchmarkKind::Board,
                other => return Err(row.fault(7, &format!("`{other}` is neither benchmark nor board"))),
            },
        };
        all.insert(benchmark.id.clone(), benchmark);
        Ok(())
    })?;
    Ok(all)
}

/// What else a leaderboard is called.
const OTHER_NOUNS: [&str; 5] = ["board", "table", "ranking", "rankings", "list"];

/// What may stand between whose leaderboard it is and the leaderboard.
const ADJECTIVES: [&str; 6] = ["new", "newest", "latest", "current", "public", "own"];

/// The names of a leaderboard with those by its other nouns: who writes "Vectara's leaderboard" may write "Vectara's
/// newest table".
fn with_other_nouns(names: Vec<String>) -> Vec<String> {
    let mut all = names;
    for at in 0..all.len() {
        let Some(stem) = all[at].strip_suffix(" leaderboard").map(str::to_owned) else { continue };
        let nouns = || std::iter::once("leaderboard").chain(OTHER_NOUNS);
        let plain = nouns().map(|noun| format!("{stem} {noun}"));
        let described = stem.split_once("'s").into_iter().flat_map(|(owner, rest)| {
            ADJECTIVES
                .into_iter()
                .flat_map(move |word| nouns().map(move |noun| format!("{owner}'s {word}{rest} {noun}")))
        });
        let new: Vec<String> = plain.chain(described).filter(|name| !all.contains(name)).collect();
        all.extend(new);
    }
    all
}

/// The id of a dated model without date and what follows it, and the date.
fn split_date(id: &str) -> Option<(String, String)> {
    id.match_indices("-20").find_map(|(at, _)| {
        let date = id.get(at + 1..at + 1 + FULL_DATE_DIGITS)?;
        let ends = id[at + 1 + FULL_DATE_DIGITS..].chars().next().is_none_or(|c| c == '-');
        let base = id[..at].trim_end_matches("-preview").trim_end_matches("-exp");
        (ends && date.bytes().all(|b| b.is_ascii_digit())).then(|| (base.to_owned(), date.to_owned()))
    })
}
