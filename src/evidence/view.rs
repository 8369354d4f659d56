//! The view of the catalog on one day: boards as they stood, and a party's rows on them.

use super::meant;
use super::measured::STALE_DAYS;
use super::party::{self, Named};
use super::price;
use crate::claim::{Claim, Party};
use crate::dataset::{Board, BoardHead, Catalog, Row, is_called_after};
use crate::error::Result;
use crate::names::{Entity, Group, ModelFacts, Names};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A board whose newest copy is older than this says nothing of the best that a growing family, an organisation or a
/// country has on the day.
const FRESH_DAYS: i32 = 365;

/// What the ids of models carry that were shown before they were finished.
const PREVIEWS: [&str; 3] = ["-preview", "-exp", "-beta"];

/// Copies of one board whose distances from the day differ by no more than this speak side by side.
pub(super) const SAME_TIME_DAYS: i32 = 45;

/// A catalog seen on a day.
pub(super) struct View<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) day: Date,
    /// The one reading asked for; every reading when absent.
    only: Option<&'c str>,
    /// Whose measurements the claim speaks of, where it says so.
    keeper: Option<String>,
    /// Which version of its benchmark the claim names: "4" of "BFCL V4".
    version: Option<String>,
    /// The day of the text, where the data are of a later one.
    written: Option<Date>,
}

impl<'c> View<'c> {
    pub(super) fn new(catalog: &'c Catalog, day: Date) -> Self {
        Self { catalog, day, only: None, keeper: None, version: None, written: None }
    }

    /// A view that asks for one reading only: the others need not be computed.
    pub(super) fn of_reading(catalog: &'c Catalog, day: Date, name: &'c str) -> Self {
        Self { only: Some(name), ..Self::new(catalog, day) }
    }

    /// The same, of the tables of whoever the claim says has measured: "GPQA Diamond as run by Epoch AI".
    pub(super) fn asked_by(self, claim: &Claim) -> Self {
        let keeper = meant::keeper(&claim.quote, self.catalog).map(|(_, id)| id);
        let version = meant::numbered(claim);
        Self { keeper, version, ..self }
    }

    /// The same, of a text that was written before the day: a model that it names is none of its later versions.
    pub(super) fn of_text(self, written: Date) -> Self {
        Self { written: Some(written), ..self }
    }

    /// Whether the claim speaks of these measurements: of any, unless it names whose, and they have the benchmark.
    fn is_spoken_of(&self, head: &BoardHead, benchmark: Option<&str>) -> bool {
        let Some(id) = benchmark else { return true };
        let fits = |is_asked: &dyn Fn(&BoardHead) -> bool| {
            is_asked(head)
                || !self.catalog.heads().iter().any(|other| other.benchmark == id && is_asked(other))
        };
        let is_theirs = |keeper: &String| fits(&|head| is_called_after(&head.dataset, keeper));
        let is_of = |version: &String| {
            fits(&|head| {
                let last = head.metric.rsplit('-').next().map(|last| last.trim_start_matches('v'));
                last == Some(version.as_str())
            })
        };
        self.keeper.as_ref().is_none_or(is_theirs) && self.version.as_ref().is_none_or(is_of)
    }

    /// Whether a reading of this name is asked for.
    pub(super) fn wants(&self, name: &str) -> bool {
        self.only.is_none_or(|only| only == name)
    }

    /// Whether an entity may be a side of a claim: an organisation that only measures is none.
    pub(super) fn is_side(&self, entity: &Entity) -> bool {
        !matches!(entity, Entity::Organisation(id) if self.catalog.only_measures(id))
    }

    /// What a benchmark is called in print.
    pub(super) fn called<'b>(&self, benchmark: &'b str) -> &'b str
    where
        'c: 'b,
    {
        self.names().benchmark(benchmark).map_or(benchmark, |benchmark| benchmark.name.as_str())
    }

    pub(super) fn names(&self) -> &'c Names {
        self.catalog.names()
    }

    /// Heads of the boards that measure a benchmark; when none is asked for, of all that say how good a model is, which
    /// its price does not.
    pub(super) fn heads(&self, benchmark: Option<&str>) -> impl Iterator<Item = &'c BoardHead> + use<'c, '_> {
        let benchmark = benchmark.map(str::to_owned);
        self.catalog.heads().iter().filter(move |head| {
            let is_asked = match benchmark.as_deref() {
                Some(id) => head.benchmark == id,
                None => head.benchmark != price::PRICE,
            };
            is_asked && self.is_spoken_of(head, benchmark.as_deref())
        })
    }

    /// Whether the data set still moved within a year of the day.
    pub(super) fn is_fresh(&self, head: &BoardHead) -> bool {
        is_fresh(head, self.day)
    }

    /// The board on the view's day if it `covers` what the claim needs; else, the first later one restricted to
    /// what existed on the day, if that does.
    pub(super) fn board(&self, head: &BoardHead, covers: impl Fn(&Board) -> bool) -> Result<Option<Board>> {
        let found = self.board_with(head, |board| covers(board).then_some(()))?;
        Ok(found.map(|(board, ())| board))
    }

    /// As [`View::board`], with what was looked up on the board to tell whether it covers the need.
    pub(super) fn board_with<T>(
        &self,
        head: &BoardHead,
        look: impl Fn(&Board) -> Option<T>,
    ) -> Result<Option<(Board, T)>> {
        let looked = |board: Board| look(&board).map(|found| (board, found));
        match self.catalog.current(head, self.day)?.and_then(looked) {
            Some(found) => Ok(Some(found)),
            None => Ok(self.catalog.retrospective(head, self.day)?.and_then(looked)),
        }
    }

    /// The board as it stood on a day, or, before its first copy, that copy with what existed on the day.
    pub(super) fn shown(&self, head: &BoardHead, day: Date) -> Result<Option<Board>> {
        match self.catalog.current(head, day)? {
            Some(board) => Ok(Some(board)),
            None => self.catalog.retrospective(head, day),
        }
    }

    /// The copies of a benchmark's board that cover what the claim needs: those that stood on the day before those seen
    /// in retrospect, the one nearest the day first.
    pub(super) fn copies(
        &self,
        benchmark: &str,
        fits: impl Fn(&BoardHead) -> bool,
        covers: impl Fn(&Board) -> bool,
    ) -> Result<Vec<Board>> {
        let mut copies = Vec::new();
        for head in self.heads(Some(benchmark)).filter(|head| fits(head)) {
            copies.extend(self.board(head, &covers)?);
        }
        // What a stale copy lacks, one seen in retrospect has.
        copies.sort_by_key(|board| self.remoteness(board));
        Ok(copies)
    }

    /// How far a copy is from the day: whether it is seen in retrospect or stale, then its days.
    pub(super) fn remoteness(&self, board: &Board) -> (bool, i32) {
        let days = days_between(board.snapshot, self.day);
        (board.retrospective || days > STALE_DAYS, days)
    }

    /// Of such copies, those about as near the day as the nearest: they show the same field at the same time.
    pub(super) fn nearest_copies(
        &self,
        benchmark: &str,
        fits: impl Fn(&BoardHead) -> bool,
        covers: impl Fn(&Board) -> bool,
    ) -> Result<Vec<Board>> {
        let mut copies = self.copies(benchmark, fits, covers)?;
        let age = |board: &Board| days_between(board.snapshot, self.day);
        if let Some((retrospective, nearest)) = copies.first().map(|first| (first.retrospective, age(first)))
        {
            copies
                .retain(|copy| copy.retrospective == retrospective && age(copy) <= nearest + SAME_TIME_DAYS);
        }
        Ok(copies)
    }

    /// The last day that a board can tell of: its snapshot's, unless it is seen from before that.
    pub(super) fn last_day(&self, board: &Board) -> Date {
        board.snapshot.min(self.day)
    }

    /// The board's model ids that belong to a party; none when its name is not known. Of a model that is there itself its
    /// previews are left out: they are others.
    pub(super) fn members<'b>(&self, board: &'b Board, party: &Party) -> BTreeSet<&'b str> {
        let Some(entity) = &party.entity else { return BTreeSet::new() };
        let mut ids = self.members_of(board, entity);
        if ids.is_empty() {
            ids = self.served_faster(board, entity);
        }
        // "Mistral" is its maker where nothing on the board is called so.
        if ids.is_empty() && matches!(entity, Entity::Family(_)) {
            ids = self.members_of(board, &party::as_maker(&party.text, entity, self));
        }
        if let Entity::Model(asked) = entity
            && ids.contains(asked.as_str())
        {
            let is_preview =
                |id: &str| PREVIEWS.iter().any(|word| id.contains(word) && !asked.contains(word));
            ids.retain(|id| !is_preview(id));
        }
        if let (Entity::Model(asked), Some(written)) = (entity, self.written) {
            let is_later = |id: &str| self.facts(id).released.is_some_and(|released| released > written);
            ids.retain(|id| id == asked || !is_later(id));
        }
        ids
    }

    /// Of a model with open weights, the ids by which hosts serve it faster: "Llama-3.3-70B-Instruct-Turbo". A closed
    /// model's turbo is another model.
    fn served_faster<'b>(&self, board: &'b Board, entity: &Entity) -> BTreeSet<&'b str> {
        let Entity::Model(asked) = entity else { return BTreeSet::new() };
        if self.facts(asked).open_weights != Some(true) {
            return BTreeSet::new();
        }
        let is_asked = |id: &&str| {
            let plain = id.replacen("-turbo", "", 1);
            plain.len() < id.len() && !self.names().members(entity, &[&plain]).is_empty()
        };
        board.rows.models_beginning(&self.names().front(asked)).into_iter().filter(is_asked).collect()
    }

    /// The board's model ids that belong to an entity.
    pub(super) fn members_of<'b>(&self, board: &'b Board, entity: &Entity) -> BTreeSet<&'b str> {
        match entity {
            Entity::Organisation(asked) => {
                let made = board.rows.made_by(|maker| maker == Some(asked.as_str()));
                made.map(|row| row.model.as_str()).collect()
            }
            Entity::Group(group) => self.members_of_group(board, group),
            Entity::Model(asked) | Entity::Family(asked) => {
                // A canonical id begins with what it is a version of: most of a board is told apart without parsing.
                let mut ids = match entity {
                    Entity::Model(_) => board.rows.models_beginning(&self.names().front(asked)),
                    _ => board.rows.models_beginning(asked),
                };
                ids.extend(board.rows.published_as(asked));
                self.names().members(entity, &ids.into_iter().collect::<Vec<_>>()).into_iter().collect()
            }
            Entity::Benchmark(_) => BTreeSet::new(),
        }
    }

    /// Whether rows of the board are a group's; all are where no group is named.
    pub(super) fn owns<'b>(
        &self,
        board: &'b Board,
        group: Option<&Named>,
    ) -> impl Fn(&Row) -> bool + use<'b> {
        let ours = group.map(|group| self.members_of(board, &group.entity));
        move |row| ours.as_ref().is_none_or(|ids| ids.contains(row.model.as_str()))
    }

    /// The board's model ids whose maker, its country and openness are those of the group. The board's own organisation
    /// column decides: a community fine-tune of a company's model is not the company's.
    fn members_of_group<'b>(&self, board: &'b Board, group: &Group) -> BTreeSet<&'b str> {
        let country = |maker: &str| self.names().organisation(maker)?.country.as_deref();
        let is_open =
            |id: &&str| group.open_weights.is_none_or(|asked| self.facts(id).open_weights == Some(asked));
        let made = board.rows.made_by(|maker| group.has_maker(maker, maker.and_then(country)));
        made.map(|row| row.model.as_str()).filter(is_open).collect()
    }

    pub(super) fn facts(&self, model: &str) -> Arc<ModelFacts> {
        self.names().facts(model)
    }

    /// The day a row's model could first be used: its release, or its first listing where that is earlier.
    pub(super) fn first_day(&self, row: &Row) -> Option<Date> {
        [self.facts(&row.model).released, row.listed].into_iter().flatten().min()
    }
}

/// Whether the data set still moved within a year of a day.
pub(super) fn is_fresh(head: &BoardHead, day: Date) -> bool {
    days_between(head.last.min(day), day) <= FRESH_DAYS
}

/// How old a board's last copy is on a day, by the ages at which what it is good for changes; `None` before it is out.
pub(super) fn age_of(head: &BoardHead, day: Date) -> Option<usize> {
    let days = days_between(head.last, day);
    (head.last <= day).then(|| [STALE_DAYS, FRESH_DAYS].iter().filter(|limit| days > **limit).count())
}

/// Days from one date to the other, whichever is first.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}
