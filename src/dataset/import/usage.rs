//! OpenRouter: weekly lists of the most used models and makers in; tokens by model, maker and country of the maker, each
//! as a share of the population it was counted in, out.
//!
//! Only token counts are read. Columns of money or of prompts and answers apart were made up by one of the sources from a
//! fixed split, and are not.

use super::draft::{Tidy, shortest};
use super::raw::{RawRoot, RawRow, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::dataset::usage::{COLUMNS, UsageRow, UsageStatus, UsedOf};
use crate::error::{Error, Result};
use crate::names::Names;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The last week that the source of the weekly lists took back. Their totals agree within about 4 % with an independent
/// list of one of the weeks: they are kept, and say so.
const LAST_WITHDRAWN: Date = Date::constant(2025, 11, 9);

/// What the weekly lists count: nine models, and ten from February 2026 on. They are one series, as the tenth adds
/// little; the rows tell how many there are.
const TOP_MODELS: &str = "tokens of the top nine or ten models on OpenRouter in a week";

/// Sections of the rankings: what they count, and whether their entries are models or makers.
const SECTIONS: [(&str, &str, UsedOf); 3] = [
    ("market_share", "all tokens on OpenRouter in a week", UsedOf::Organisation),
    ("models", "tokens in OpenRouter's chart of models in a week", UsedOf::Model),
    ("categories_programming", "programming tokens on OpenRouter in a week", UsedOf::Model),
];

/// Readers by the name that a manifest's `import.format` gives.
pub(super) fn table(
    raw: &mut RawRoot,
    manifest: &Manifest,
    import: &ImportEntry,
    names: &Names,
) -> Result<Tidy> {
    let mut rows = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        let table = raw.table(&file)?;
        match import.format.as_str() {
            "openrouter-rankings" => rows.extend(rankings(&table, file_date(&file)?, names)?),
            "openrouter-weeks" => rows.extend(weeks(&table, names)?),
            other => {
                return Err(Error::Manifest {
                    manifest: format!("{}/dataset.toml", manifest.id),
                    why: format!("key `import.format`: no reader `{other}` of usage"),
                });
            }
        }
    }
    write(&format!("{}/{}", manifest.id, manifest.table_file()), &rows)
}

/// A listed model or maker.
struct Listed {
    of: UsedOf,
    id: String,
    name: String,
    organisation: Option<String>,
    tokens: f64,
}

impl Listed {
    fn model(slug: &str, tokens: f64, names: &Names) -> Self {
        // "x/y:free" is the same model at another price.
        let model = names.canonical(slug.split(':').next().unwrap_or(slug), None);
        let name = slug.to_owned();
        Self { of: UsedOf::Model, id: model.id, name, organisation: model.organisation, tokens }
    }

    fn maker(author: &str, tokens: f64, names: &Names) -> Self {
        let organisation = names.organisation_of_namespace(author).map(|maker| maker.id.clone());
        let id = organisation.clone().unwrap_or_default();
        Self { of: UsedOf::Organisation, id, name: author.to_owned(), organisation, tokens }
    }
}

/// One period of one population.
struct Period<'p> {
    until: Date,
    population: &'p str,
    status: UsageStatus,
    /// Tokens of the whole population; what is listed where absent.
    total: Option<f64>,
}

fn weeks(table: &RawTable, names: &Names) -> Result<Vec<UsageRow>> {
    let mut by_week: BTreeMap<Date, Vec<Listed>> = BTreeMap::new();
    for row in table.rows() {
        let week = row.date("week")?.ok_or_else(|| row.fault("week", "is empty"))?;
        let tokens = row.need_number("total_tokens")?;
        by_week.entry(week).or_default().push(Listed::model(row.need("slug")?, tokens, names));
    }
    let rows = by_week.into_iter().flat_map(|(until, listed)| {
        let status = if until <= LAST_WITHDRAWN { UsageStatus::Withdrawn } else { UsageStatus::Stands };
        shares(&Period { until, population: TOP_MODELS, status, total: None }, &listed, names)
    });
    Ok(rows.collect())
}

fn rankings(table: &RawTable, until: Date, names: &Names) -> Result<Vec<UsageRow>> {
    let mut rows = Vec::new();
    for (section, population, of) in SECTIONS {
        let mut listed = Vec::new();
        let (mut tokens, mut percent) = (0.0, 0.0);
        for row in table.rows().filter(|row| row.get("section") == section) {
            let (count, share) = (row.need_number("tokens")?, share_of(&row)?);
            tokens += count;
            percent += share;
            listed.push(match of {
                UsedOf::Model => Listed::model(row.need("id")?, count, names),
                _ => Listed::maker(row.need("id")?, count, names),
            });
        }
        // The printed shares are of everything, listed or not: they tell how much that is.
        let total = (percent > 0.0).then(|| (tokens / percent * 100.0).max(tokens));
        let period = Period { until, population, status: UsageStatus::Stands, total };
        rows.extend(shares(&period, &listed, names));
    }
    Ok(rows)
}

fn share_of(row: &RawRow<'_>) -> Result<f64> {
    let share = row.need_number("share_pct")?;
    let is_share = (0.0..=100.0).contains(&share);
    is_share.then_some(share).ok_or_else(|| row.fault("share_pct", &format!("{share} is no share")))
}

/// A row for each that is listed, for each maker and country of them, and for the rest of the population.
fn shares(period: &Period<'_>, listed: &[Listed], names: &Names) -> Vec<UsageRow> {
    let sum: f64 = listed.iter().map(|one| one.tokens).sum();
    let total = period.total.unwrap_or(sum);
    if total <= 0.0 {
        return Vec::new();
    }
    let from = period.until.saturating_sub(6.days());
    let row = |of: UsedOf, id: &str, name: &str, quantity: f64| UsageRow {
        period: format!("{from}/{}", period.until),
        of,
        id: id.to_owned(),
        name: name.to_owned(),
        quantity,
        share: 100.0 * quantity / total,
        population: period.population.to_owned(),
        status: period.status,
        snapshot: period.until,
    };
    let mut makers: BTreeMap<&str, f64> = BTreeMap::new();
    let mut countries: BTreeMap<&str, f64> = BTreeMap::new();
    for one in listed {
        let maker = one.organisation.as_deref();
        let country = maker.and_then(|id| names.organisation(id)?.country.as_deref());
        *makers.entry(maker.unwrap_or_default()).or_default() += one.tokens;
        *countries.entry(country.unwrap_or_default()).or_default() += one.tokens;
    }
    let mut rows: Vec<UsageRow> =
        listed.iter().map(|one| row(one.of, &one.id, &one.name, one.tokens)).collect();
    if listed.iter().any(|one| one.of == UsedOf::Model) {
        rows.extend(makers.iter().map(|(id, tokens)| row(UsedOf::Organisation, id, id, *tokens)));
    }
    rows.extend(countries.iter().map(|(code, tokens)| row(UsedOf::Country, code, code, *tokens)));
    if period.total.is_some() {
        rows.push(row(UsedOf::Rest, "", "not listed", total - sum));
    }
    rows
}

fn write(table: &str, rows: &[UsageRow]) -> Result<Tidy> {
    let broken = |why: String| Error::Table {
        table: table.to_owned(),
        why,
        hint: "report this as a defect".to_owned(),
    };
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|e| broken(e.to_string()))?;
    for row in rows {
        let rounded = |number: f64| shortest(number).parse().unwrap_or(number);
        let row = UsageRow { quantity: row.quantity.round(), share: rounded(row.share), ..row.clone() };
        writer.serialize(row).map_err(|e| broken(e.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|e| broken(e.to_string()))?;
    let days: BTreeSet<Date> = rows.iter().map(|row| row.snapshot).collect();
    Ok(Tidy { bytes, rows: rows.len() as u64, days })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Store, open_names, usage};

    fn names() -> Names {
        open_names(&Store::Shipped).expect("the shipped names")
    }

    fn countries(rows: &[UsageRow]) -> Vec<(&str, f64)> {
        let of = rows.iter().filter(|row| row.of == UsedOf::Country);
        of.map(|row| (row.id.as_str(), row.share)).collect()
    }

    const WEEK: &str = "week,rank,slug,author,total_tokens\n\
        2025-11-09,1,deepseek/deepseek-v9:free,deepseek,300\n\
        2025-11-09,2,openai/gpt-9,openai,600\n2025-11-09,3,openrouter/some-alpha,openrouter,100\n";

    #[test]
    fn a_week_is_shared_out_by_the_makers_countries() {
        let table = RawTable::parse("t.csv", WEEK).expect("a table");
        let rows = weeks(&table, &names()).expect("rows");
        assert_eq!(countries(&rows), [("", 10.0), ("CN", 30.0), ("US", 60.0)]);
        assert_eq!(rows[0].period, "2025-11-03/2025-11-09");
        assert!(rows.iter().all(|row| row.population == TOP_MODELS));
    }

    #[test]
    fn trap_11_withdrawn_totals_say_so_and_money_is_not_read() {
        let names = names();
        let read =
            |text: &str| weeks(&RawTable::parse("t.csv", text).expect("a table"), &names).expect("rows");
        let plain = read(WEEK);
        assert!(plain.iter().all(|row| row.status == UsageStatus::Withdrawn));
        assert!(
            read(&WEEK.replace("2025-11-09", "2025-11-16"))
                .iter()
                .all(|row| row.status == UsageStatus::Stands)
        );
        let with_money: String = WEEK
            .lines()
            .enumerate()
            .map(|(i, line)| format!("{line},{}\n", if i == 0 { "revenue,prompt_tokens" } else { "9,9" }))
            .collect();
        assert_eq!(read(&with_money), plain);
    }

    #[test]
    fn printed_shares_tell_how_much_is_not_listed() {
        let text = "section,rank,id,author,tokens,share_pct\nmarket_share,1,deepseek,deepseek,400,40\n\
            market_share,2,openai,openai,300,30\n";
        let rows = rankings(
            &RawTable::parse("t.csv", text).expect("a table"),
            Date::constant(2026, 5, 16),
            &names(),
        )
        .expect("rows");
        assert_eq!(countries(&rows), [("CN", 40.0), ("US", 30.0)]);
        let rest = rows.last().expect("a rest");
        assert_eq!((rest.of, rest.share.round()), (UsedOf::Rest, 30.0));
        let bytes = write("t.csv", &rows).expect("written").bytes;
        assert_eq!(usage::parse("t.csv", &bytes).expect("reads back").len(), rows.len());
    }
}
