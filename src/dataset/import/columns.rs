//! Tables of scores whose manifest names the columns: raw copies in; scores in their metric's unit out.
//!
//! One reader for every source that is a plain table. What a source does oddly is said in its manifest (`Columns`).

use super::draft::Draft;
use super::glued;
use super::raw::{RawRoot, RawRow, RawTable, file_date};
use crate::dataset::columns::{Columns, Condition, Copies, Holder, Scale, ScoreColumn};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::{Error, Result};
use crate::names::Names;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Namespace of systems, so that nothing takes their scores for a model's.
const SYSTEM: &str = "system";

/// What makes a copy the same as the one before: scores under names.
type Board = BTreeSet<(String, String, String, u64)>;

/// Reads every copy that the manifest means.
pub(super) fn scores(
    raw: &mut RawRoot,
    manifest: &Manifest,
    import: &ImportEntry,
    names: &Names,
) -> Result<Vec<Draft>> {
    let columns = mapping(manifest, import)?;
    let mut drafts: Vec<Draft> = Vec::new();
    let mut before = Board::new();
    for file in files(raw, import, columns)? {
        let table = raw.mapped(&file, columns.rows.as_deref())?;
        let rows = rows(&table, &file, columns, names)?;
        let board = board(&rows);
        // Where a page is known to stand still, a copy that equals the one before it is none.
        if columns.still.is_empty() || board != before {
            drafts.extend(rows);
        }
        before = board;
    }
    Ok(drafts)
}

/// The columns that a manifest names.
pub(super) fn mapping<'m>(manifest: &Manifest, import: &'m ImportEntry) -> Result<&'m Columns> {
    import.columns.as_ref().ok_or_else(|| Error::Manifest {
        manifest: format!("{}/dataset.toml", manifest.id),
        why: format!("key `import.columns` is needed by the reader `{}`", import.format),
    })
}

/// The raw files that a manifest means, oldest first.
pub(super) fn files(raw: &RawRoot, import: &ImportEntry, columns: &Columns) -> Result<Vec<String>> {
    match columns.copies {
        Copies::All => raw.files(&import.folder, &columns.files),
        Copies::Newest => Ok(vec![raw.newest(&import.folder, &columns.files)?]),
    }
}

/// The day that a row shows.
pub(super) fn day_of(row: &RawRow<'_>, file: &str, columns: &Columns) -> Result<Date> {
    let day = match &columns.day {
        None => file_date(file)?,
        Some(column) => row.day(column)?.ok_or_else(|| row.fault(column, "is empty"))?,
    };
    Ok(columns.day_shown(day))
}

/// The cell of a column, or nothing where the source writes a sign for it.
pub(super) fn cell<'t>(row: &RawRow<'t>, column: &str, columns: &Columns) -> &'t str {
    let cell = row.get(column);
    if columns.missing.contains(cell) { "" } else { cell }
}

pub(super) fn meets(row: &RawRow<'_>, conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| condition.holds(row.get(&condition.column)))
}

fn board(rows: &[Draft]) -> Board {
    let key = |d: &Draft| (d.benchmark.clone(), d.metric.clone(), d.name.clone(), d.score.to_bits());
    rows.iter().map(key).collect()
}

fn rows(table: &RawTable, file: &str, columns: &Columns, names: &Names) -> Result<Vec<Draft>> {
    let name: Vec<&str> = columns.name.iter().map(String::as_str).collect();
    let name = table.column(&name)?;
    let here: Vec<&ScoreColumn> = columns
        .scores
        .iter()
        .filter(|score| score.files.as_deref().is_none_or(|part| file.contains(part)))
        .filter(|score| table.column(&[&score.column]).is_ok())
        .collect();
    // Without any of its columns the file is another table than the manifest speaks of.
    if here.is_empty() && !columns.scores.iter().any(|score| score.files.is_some()) {
        let wanted: Vec<&str> = columns.scores.iter().map(|score| score.column.as_str()).collect();
        table.column(&wanted)?;
    }
    let mut drafts = Vec::new();
    for row in table.rows().filter(|row| meets(row, &columns.only)) {
        let printed = cell(&row, name, columns);
        if printed.is_empty() {
            continue;
        }
        let maker = columns.organisation.as_deref().map(|column| cell(&row, column, columns));
        let maker = maker.filter(|maker| !maker.is_empty());
        let (printed, maker) = match columns.glued {
            true => glued::split(printed, maker, names),
            false => (printed, maker),
        };
        let day = day_of(&row, file, columns)?;
        let listed = columns.listed.as_deref().map(|column| row.date(column)).transpose()?.flatten();
        let in_force = |score: &&&ScoreColumn| {
            score.from.is_none_or(|from| from <= day) && score.until.is_none_or(|until| day <= until)
        };
        for score in here.iter().filter(in_force).filter(|score| meets(&row, &score.only)) {
            let Some(draft) = draft(&row, printed, score, day, columns)? else { continue };
            let draft = draft.with_organisation(maker.unwrap_or_default());
            drafts.push(Draft { listed, ..draft });
        }
    }
    Ok(drafts)
}

fn draft(
    row: &RawRow<'_>,
    name: &str,
    column: &ScoreColumn,
    day: Date,
    columns: &Columns,
) -> Result<Option<Draft>> {
    let number = |column: &str| row.number_in(column, cell(row, column, columns));
    let Some(printed) = number(&column.column)? else { return Ok(None) };
    let score = scaled(row, &column.column, column.scale, printed)?;
    let draft = Draft::new(name, &column.benchmark, &column.metric, score, day);
    let ci = match (&column.interval, &column.ends) {
        (Some(interval), _) => match cell(row, interval, columns) {
            "" => None,
            text => Some(
                interval_around(text, score)
                    .ok_or_else(|| row.fault(interval, &format!("`{text}` is no interval")))?,
            ),
        },
        (None, Some((low, high))) => number(low)?.zip(number(high)?),
        (None, None) => None,
    };
    let n = column.n.as_deref().map(number).transpose()?.flatten().map(|n| n as u64);
    let better = columns.identity.as_deref().map(|column| cell(row, column, columns));
    let identified_by = match column.of {
        Holder::System => Some(format!("{SYSTEM}/{}", slug(name))),
        Holder::Model => better.filter(|better| !better.is_empty()).map(str::to_owned),
    };
    Ok(Some(Draft { ci, n, identified_by, evaluation: column.evaluation, ..draft }))
}

/// A system's name as one word: signs in it (`+`, brackets) would be read as those of models.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// A number in the unit it is kept in; one outside its scale is another unit than the manifest says.
fn scaled(row: &RawRow<'_>, column: &str, scale: Scale, printed: f64) -> Result<f64> {
    let (most, factor, what) = match scale {
        Scale::AsPrinted => return Ok(printed),
        Scale::Fraction => (1.0, 100.0, "fraction"),
        Scale::Percent => (100.0, 1.0, "percentage"),
    };
    if !(0.0..=most).contains(&printed) {
        return Err(row.fault(column, &format!("{printed} is not a {what}")));
    }
    Ok(printed * factor)
}

/// "+5/-7", "+3", "±4" or "4" around a score.
fn interval_around(printed: &str, score: f64) -> Option<(f64, f64)> {
    let text = printed.trim_matches('"').trim();
    let width = |text: &str| -> Option<f64> {
        text.trim().trim_start_matches(['+', '-', '±', '−']).trim().parse().ok()
    };
    match text.split_once('/') {
        None => width(text).map(|half| (score - half, score + half)),
        Some((first, second)) => {
            let (first, second) = ((first, width(first)?), (second, width(second)?));
            // Some tables print the minus side first.
            let (below, above) = if first.0.trim().starts_with(['-', '−']) {
                (first.1, second.1)
            } else {
                (second.1, first.1)
            };
            Some((score - below, score + above))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = "2025-10-31";

    fn columns(text: &str) -> Columns {
        toml::from_str(text).expect("columns")
    }

    fn read(columns: &Columns, text: &str) -> Result<Vec<Draft>> {
        let file = format!("f/{DAY}.csv");
        rows(&RawTable::parse(&file, text).expect("a table"), &file, columns, &Names::default())
    }

    fn scores_of(columns: &Columns, text: &str) -> Vec<(String, String, f64)> {
        let rows = read(columns, text).expect("rows");
        rows.into_iter().map(|row| (row.name, row.metric, row.score)).collect()
    }

    #[test]
    fn trap_6_units_are_said_a_column_and_anything_else_is_an_error() {
        let columns = columns(
            "name = ['m']\nmissing = ['-']\n\
             [[score]]\ncolumn = 'gpqa'\nbenchmark = 'gpqa'\nmetric = 'accuracy'\nscale = 'fraction'\n\
             [[score]]\ncolumn = 'mmlu'\nbenchmark = 'mmlu'\nmetric = 'accuracy-5'\nscale = 'percent'\n\
             [[score]]\ncolumn = 'index'\nbenchmark = 'i'\nmetric = 'index'\n",
        );
        let one = |metric: &str, score| ("A".to_owned(), metric.to_owned(), score);
        assert_eq!(
            scores_of(&columns, "m,gpqa,mmlu,index\nA,0.5,71.5,112\n"),
            [one("accuracy", 50.0), one("accuracy-5", 71.5), one("index", 112.0)]
        );
        assert_eq!(scores_of(&columns, "m,gpqa,mmlu,index\nA,-,,3\n"), [one("index", 3.0)]);
        assert!(read(&columns, "m,gpqa\nA,50\n").is_err(), "a percentage among fractions");
        assert!(read(&columns, "m,mmlu\nA,715\n").is_err(), "a percentage above 100");
        assert!(read(&columns, "m,rating\nA,1\n").is_err(), "another table");
    }

    #[test]
    fn conditions_choose_rows_and_intervals_are_read_as_printed() {
        let columns = columns(
            "name = ['m']\nonly = [{ column = 'board', is_not = ['Lite'] }]\n\
             [[score]]\ncolumn = 's'\nbenchmark = 'b'\nmetric = 'x'\ninterval = 'ci'\nn = 'votes'\n\
             only = [{ column = 'board', is = ['Full'] }]\n",
        );
        let rows = read(
            &columns,
            "m,board,s,ci,votes\nA,Full,10,+2/-1,7\nB,Full,10,±3,\nC,Full,10,,\nD,Lite,1,,\nE,Other,1,,\n",
        )
        .expect("rows");
        let read: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.ci, row.n)).collect();
        assert_eq!(
            read,
            [("A", Some((9.0, 12.0)), Some(7)), ("B", Some((7.0, 13.0)), None), ("C", None, None)]
        );
        assert_eq!(interval_around("-1/+2", 10.0), Some((9.0, 12.0)));
        assert!(read_of_words(&columns).is_err(), "words are no interval");
    }

    fn read_of_words(columns: &Columns) -> Result<Vec<Draft>> {
        read(columns, "m,board,s,ci\nA,Full,10,about 3\n")
    }

    #[test]
    fn trap_2_a_column_means_another_metric_from_a_day_on() {
        let columns = columns(
            "name = ['m']\n\
             [[score]]\ncolumn = 's'\nbenchmark = 'b'\nmetric = 'rating'\nuntil = '2025-09-30'\n\
             [[score]]\ncolumn = 's'\nbenchmark = 'b'\nmetric = 'rating-style-control'\nfrom = '2025-10-01'\n",
        );
        let metrics = |day: &str| {
            let file = format!("f/{day}.csv");
            let table = RawTable::parse(&file, "m,s\nA,1452\n").expect("a table");
            let rows = rows(&table, &file, &columns, &Names::default()).expect("rows");
            rows.into_iter().map(|row| row.metric).collect::<Vec<_>>()
        };
        assert_eq!(metrics("2025-08-06"), ["rating"]);
        assert_eq!(metrics("2025-10-10"), ["rating-style-control"]);
    }

    #[test]
    fn trap_13_a_systems_score_is_not_its_models() {
        let columns = columns(
            "name = ['name']\nidentity = 'tag'\n\
             [[score]]\ncolumn = 's'\nbenchmark = 'b'\nmetric = 'resolved'\nonly = [{ column = 'board', is = ['bash-only'] }]\n\
             [[score]]\ncolumn = 's'\nbenchmark = 'b'\nmetric = 'resolved-system'\nof = 'system'\nonly = [{ column = 'board', is = ['Verified'] }]\n",
        );
        let rows = read(
            &columns,
            "board,name,s,tag\nbash-only,GPT-5 (medium),65,gpt-5\nVerified,Agent + GPT-5,75,gpt-5\n",
        )
        .expect("rows");
        assert_eq!(rows[0].identified_by.as_deref(), Some("gpt-5"));
        assert_eq!(rows[1].identified_by.as_deref(), Some("system/agent-gpt-5"));
    }
}
