//! Chatbot Arena: text, vision, dated and best-of-lab copies in; ratings with their intervals and votes out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, fault, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use serde::Deserialize;

/// The board's id.
const ARENA: &str = "chatbot-arena";

/// Rating without style control: length and formatting count.
const RATING: &str = "rating";

/// Rating with style control, the board's default since autumn 2025: another scale.
const STYLE_CONTROL: &str = "rating-style-control";

/// Before this day the dated copy holds order-dependent online Elo, not the published Bradley-Terry rating.
const FIRST_PUBLISHED: Date = Date::constant(2024, 6, 29);

/// The best-of-lab copy has online Elo in December 2023; published ratings begin here.
const LAB_FIRST_PUBLISHED: Date = Date::constant(2024, 1, 9);

/// From this day on the best-of-lab copy flips between two scales about ten points apart from one day to the next.
const LAB_FIRST_UNSTABLE: Date = Date::constant(2026, 6, 10);

/// Text and vision boards with interval and votes, one file a day.
pub(super) fn board(
    raw: &mut RawRoot,
    manifest: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let benchmark = manifest.benchmarks.first().map_or(ARENA, |entry| entry.id.as_str());
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        drafts.extend(board_rows(&raw.table(&file)?, benchmark, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn board_rows(table: &RawTable, benchmark: &str, day: Date) -> Result<Vec<Draft>> {
    // The column was called Elo until July 2024.
    let score = table.column(&["arena_score", "arena_elo"])?;
    table
        .rows()
        .map(|row| {
            let rating = row.need_number(score)?;
            let printed = row.get("95_pct_ci");
            let ci = parse_interval(printed, rating);
            if ci.is_none() && !printed.is_empty() {
                return Err(row.fault("95_pct_ci", &format!("`{printed}` is not of the form +a/-b")));
            }
            let votes = row.number("votes")?.map(|votes| votes as u64);
            let draft = Draft::new(row.need("model")?, benchmark, RATING, rating, day);
            Ok(Draft { ci, n: votes, ..draft.with_organisation(row.get("organization")) })
        })
        .collect()
}

/// "+5/-7" around a rating: seven below, five above. Some tables print the minus side first.
fn parse_interval(printed: &str, rating: f64) -> Option<(f64, f64)> {
    let mut sides = (None, None);
    for side in printed.split('/') {
        let width: f64 = side.trim().trim_start_matches(['+', '-']).parse().ok()?;
        if side.trim().starts_with('-') { sides.0 = Some(width) } else { sides.1 = Some(width) }
    }
    Some((rating - sides.0?, rating + sides.1?))
}

/// One file with a line a day and a column a model.
pub(super) fn dated(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let file = raw.newest(&import.folder, ".csv")?;
    dated_rows(&file, &raw.table(&file)?)
}

fn dated_rows(file: &str, table: &RawTable) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows() {
        let printed = row.need("")?;
        let day = compact_day(printed)
            .ok_or_else(|| fault(file, format!("`{printed}` is not a day as YYYYMMDD")))?;
        if day < FIRST_PUBLISHED {
            continue;
        }
        for model in table.columns().iter().filter(|column| !column.is_empty()) {
            // Zero is how the copy writes "not listed".
            if let Some(rating) = row.number(model)?.filter(|rating| *rating != 0.0) {
                drafts.push(Draft::new(model, ARENA, RATING, rating, day));
            }
        }
    }
    Ok(drafts)
}

fn compact_day(printed: &str) -> Option<Date> {
    let number: i32 = printed.parse().ok()?;
    Date::new(i16::try_from(number / 10_000).ok()?, (number / 100 % 100) as i8, (number % 100) as i8).ok()
}

/// The best flagship of each of eight laboratories by day. The file never left the plain scale (checked against the
/// official tables of November and December 2025), whatever the board's default became.
pub(super) fn labs(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let file = raw.newest(&import.folder, ".csv")?;
    lab_rows(&raw.table(&file)?)
}

fn lab_rows(table: &RawTable) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows().filter(|row| row.get("series") == "highest") {
        let day = row.date("date")?.ok_or_else(|| row.fault("date", "is empty"))?;
        if (LAB_FIRST_PUBLISHED..LAB_FIRST_UNSTABLE).contains(&day) {
            let draft = Draft::new(row.need("model_name")?, ARENA, RATING, row.need_number("rating")?, day);
            drafts.push(draft.with_organisation(row.get("lab")));
        }
    }
    Ok(drafts)
}

#[derive(Deserialize)]
struct Page {
    models: Vec<PageRow>,
}

#[derive(Deserialize)]
struct PageRow {
    model: String,
    vendor: String,
    score: f64,
    ci: Option<f64>,
    votes: Option<u64>,
}

/// The top of the board in 2026, with a half-width of the interval.
pub(super) fn pages(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".json")? {
        let day = file_date(&file)?;
        let page: Page = raw.json(&file)?;
        drafts.extend(page.models.iter().map(|row| page_row(row, day)));
    }
    Ok(drafts)
}

fn page_row(row: &PageRow, day: Date) -> Draft {
    let draft = Draft::new(&row.model, ARENA, STYLE_CONTROL, row.score, day).with_organisation(&row.vendor);
    Draft { ci: row.ci.map(|half| (row.score - half, row.score + half)), n: row.votes, ..draft }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> RawTable {
        RawTable::parse("t.csv", text).expect("a table")
    }

    #[test]
    fn the_interval_may_be_lopsided_and_the_column_may_be_called_elo() {
        let table = table("model,arena_elo,95_pct_ci,votes,organization\nGPT-4,1286,+3/-5,100,OpenAI\n");
        let rows = board_rows(&table, ARENA, Date::constant(2024, 6, 19)).expect("rows");
        assert_eq!((rows[0].ci, rows[0].n), (Some((1281.0, 1289.0)), Some(100)));
        assert_eq!(parse_interval("5", 1.0), None);
    }

    #[test]
    fn an_interval_that_cannot_be_read_is_an_error_not_a_point() {
        let table = table("model,arena_score,95_pct_ci,votes\nA,1286,about 3,100\n");
        assert!(board_rows(&table, ARENA, Date::constant(2024, 7, 1)).is_err());
    }

    #[test]
    fn trap_2_a_style_controlled_rating_is_another_metric() {
        let text = r#"{"models": [{"model": "m", "vendor": "V", "score": 1452, "ci": 5, "votes": 9}]}"#;
        let page: Page = serde_json::from_str(text).expect("JSON");
        let row = page_row(&page.models[0], Date::constant(2026, 4, 19));
        assert_eq!((row.metric.as_str(), row.ci), (STYLE_CONTROL, Some((1447.0, 1457.0))));
    }

    #[test]
    fn trap_1_zero_is_not_listed_and_online_elo_is_left_out() {
        let table = table(",a,b\n20240101,1000,900\n20240629,1100,0.0\n");
        let rows = dated_rows("t.csv", &table).expect("rows");
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].name.as_str(), rows[0].snapshot), ("a", FIRST_PUBLISHED));
    }

    #[test]
    fn trap_1_lab_rows_outside_the_published_and_stable_range_are_left_out() {
        let text = "series,lab,date,model_name,rating\n\
            highest,OpenAI,2023-12-15,gpt-4-0314,1150\nhighest,OpenAI,2024-01-09,gpt-4-0314,1190.5\n\
            latest,OpenAI,2024-01-09,gpt-4-1106,1250\nhighest,OpenAI,2026-06-10,gpt-5.4,1495\n";
        let rows = lab_rows(&table(text)).expect("rows");
        assert_eq!(rows.iter().map(|r| r.score).collect::<Vec<_>>(), [1190.5]);
    }
}
