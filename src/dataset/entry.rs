//! Entries: the frame of a score table in; who stands on its boards, each kept once, out.
//!
//! A table repeats at every score whose it is. Its boards share these words, and sort and compare their numbers: text
//! lies far apart in memory and is slow to compare.

use super::Evaluation;
use crate::error::{Error, Result};
use jiff::civil::Date;
use polars::prelude::*;
use std::sync::Arc;

/// Who stands on a board.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Canonical model id.
    pub model: String,
    /// The name as the board prints it.
    pub name: String,
    /// Organisation id, where the board or the name tells.
    pub organisation: Option<String>,
    /// Who measured, where the row differs from its data set.
    pub evaluation: Option<Evaluation>,
    /// Kind of model as the board tells it ("pretrained", "chat"), where it does.
    pub kind: Option<String>,
    /// The day the row was first on the board, where the source tells.
    pub listed: Option<Date>,
    /// Place of the model among the table's by id: equal for equal ids.
    pub(super) by_id: u32,
    /// Place of the organisation among the table's; equal for equal ones.
    pub(super) by_maker: u32,
    /// Place among the ids that go by who published them, by the name that follows: see [`published_as`].
    pub(super) by_published_name: Option<u32>,
}

/// What follows the name of who published a model in its id: `antgroup/finix-s1-32b`.
pub(super) fn published_as(id: &str) -> Option<&str> {
    id.rsplit_once('/').map(|(_, name)| name)
}

/// The entries of a table by the number of the row.
#[derive(Debug, Default)]
pub(super) struct Entries {
    entries: Vec<Arc<Entry>>,
    of_rows: Vec<u32>,
}

impl Entries {
    /// Reads them off a frame that holds the columns of a score table.
    pub(super) fn of(table: &str, frame: &DataFrame) -> Result<Self> {
        let text = |name: &str| {
            let cells = frame.column(name).and_then(|column| column.str());
            cells.map_err(|e| Error::Query { table: table.to_owned(), why: e.to_string() })
        };
        let (model, name, organisation) = (text("model")?, text("name")?, text("organisation")?);
        let (evaluation, kind, listed) = (text("evaluation")?, text("type")?, text("listed")?);
        let rows = model.iter().zip(name.iter()).zip(organisation.iter());
        let rows = rows.zip(evaluation.iter()).zip(kind.iter()).zip(listed.iter());
        let mut seen = Seen::default();
        let mut of_rows: Vec<u32> = Vec::with_capacity(frame.height());
        for (((((model, name), organisation), evaluation), kind), listed) in rows {
            of_rows.push(seen.place(Cells { name, rest: [model, organisation, evaluation, kind, listed] }));
        }
        let mut entries: Vec<Entry> = seen.all.iter().map(Cells::entry).collect();
        number(&mut entries);
        Ok(Self { entries: entries.into_iter().map(Arc::new).collect(), of_rows })
    }

    /// The entry of a row.
    pub(super) fn of_row(&self, number: usize) -> Arc<Entry> {
        Arc::clone(&self.entries[self.of_rows[number] as usize])
    }
}

/// The different cells met so far, in the order of their first row.
#[derive(Default)]
struct Seen<'f> {
    all: Vec<Cells<'f>>,
    /// The last place of each name, and of each place the one before it of the same name: names tell nearly all apart.
    by_name: PlHashMap<Option<&'f str>, u32>,
    namesakes: Vec<Option<u32>>,
    /// The place that followed each place the last time: one board after the other mostly lists the same models.
    after: Vec<u32>,
    last: u32,
}

impl<'f> Seen<'f> {
    /// The place of a row's cells, which follows the last one asked for.
    fn place(&mut self, cells: Cells<'f>) -> u32 {
        let expected = self.after.get(self.last as usize).copied().unwrap_or_default();
        let is_expected = self.all.get(expected as usize) == Some(&cells);
        let place = if is_expected { expected } else { self.find(&cells).unwrap_or_else(|| self.add(cells)) };
        if let Some(after) = self.after.get_mut(self.last as usize) {
            *after = place;
        }
        self.last = place;
        place
    }

    fn find(&self, cells: &Cells<'f>) -> Option<u32> {
        let named = self.by_name.get(&cells.name).copied();
        let mut places = std::iter::successors(named, |place| self.namesakes[*place as usize]);
        places.find(|place| self.all[*place as usize] == *cells)
    }

    fn add(&mut self, cells: Cells<'f>) -> u32 {
        let place = self.all.len() as u32;
        self.all.push(cells);
        self.namesakes.push(self.by_name.insert(cells.name, place));
        self.after.push(0);
        place
    }
}

/// The cells of a row that tell whose it is.
#[derive(Clone, Copy)]
struct Cells<'f> {
    name: Option<&'f str>,
    /// Model, organisation, evaluation, kind, first day.
    rest: [Option<&'f str>; 5],
}

impl PartialEq for Cells<'_> {
    /// Mostly decided by where the text lies: a table keeps equal text once.
    fn eq(&self, other: &Self) -> bool {
        let is_same = |(a, b): (Option<&str>, Option<&str>)| match (a, b) {
            (Some(a), Some(b)) => std::ptr::eq(a, b) || a == b,
            (a, b) => a.is_none() && b.is_none(),
        };
        is_same((self.name, other.name)) && self.rest.into_iter().zip(other.rest).all(is_same)
    }
}

impl Cells<'_> {
    /// As an entry that has no places yet.
    fn entry(&self) -> Entry {
        let [model, organisation, evaluation, kind, listed] = self.rest;
        let said = |cell: Option<&str>| cell.filter(|cell| !cell.is_empty()).map(str::to_owned);
        Entry {
            model: model.unwrap_or("").to_owned(),
            name: self.name.unwrap_or("").to_owned(),
            organisation: said(organisation),
            evaluation: evaluation.and_then(Evaluation::from_name),
            kind: said(kind),
            listed: listed.and_then(|day| day.parse().ok()),
            by_id: 0,
            by_maker: 0,
            by_published_name: None,
        }
    }
}

/// Gives the entries of one table their places.
fn number(entries: &mut [Entry]) {
    let by_id = places(entries, |entry| Some(entry.model.as_str()));
    let by_maker = places(entries, |entry| Some(entry.organisation.as_deref()));
    let by_published_name = places(entries, |entry| published_as(&entry.model));
    for (i, entry) in entries.iter_mut().enumerate() {
        entry.by_id = by_id[i].unwrap_or_default();
        entry.by_maker = by_maker[i].unwrap_or_default();
        entry.by_published_name = by_published_name[i];
    }
}

/// The place of each entry's key among all keys; none of one without.
fn places<'e, K: Ord>(entries: &'e [Entry], key: impl Fn(&'e Entry) -> Option<K>) -> Vec<Option<u32>> {
    let mut keyed: Vec<(K, usize)> =
        entries.iter().enumerate().filter_map(|(i, entry)| Some((key(entry)?, i))).collect();
    keyed.sort_unstable();
    let mut places = vec![None; entries.len()];
    for (place, run) in keyed.chunk_by(|(a, _), (b, _)| a == b).enumerate() {
        run.iter().for_each(|(_, i)| places[*i] = Some(place as u32));
    }
    places
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::dataset::table::{self, Row};

    /// The rows of a table of these models, scores and days; a model's name is its id.
    pub(in crate::dataset) fn rows(scores: &[(&str, f64, &str)]) -> Vec<Arc<Row>> {
        let header =
            "model,name,organisation,benchmark,metric,score,ci_low,ci_high,n,evaluation,type,listed,snapshot";
        let line =
            |(model, score, day): &(&str, f64, &str)| format!("{model},{model},,b,m,{score},,,,,,,{day}");
        let lines: Vec<String> = scores.iter().map(line).collect();
        let bytes = format!("{header}\n{}\n", lines.join("\n")).into_bytes().into();
        let frame = table::read("t.csv", bytes, table::Wanted::Scores).expect("a table");
        table::rows("t.csv", &frame).expect("rows").into_iter().map(Arc::new).collect()
    }

    #[test]
    fn entries_are_kept_once_and_stand_by_id_and_by_published_name() {
        let rows = rows(&[("z/a", 3.0, "2024-01-01"), ("b", 2.0, "2024-01-01"), ("z/a", 1.0, "2024-02-01")]);
        assert!(Arc::ptr_eq(&rows[0].entry, &rows[2].entry));
        assert!(rows[1].by_id < rows[0].by_id);
        assert_eq!((rows[0].by_published_name, rows[1].by_published_name), (Some(0), None));
    }
}
