//! A table of scores in; the distinct names it prints, with what each was taken for and what it says it was made from, out.

use super::table::Wanted;
use super::{Catalog, table};
use crate::error::Result;
use crate::names::{Lineage, Names, Standing};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A name as a board prints it, and what the table says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedName {
    /// Canonical id that it was given.
    pub model: String,
    /// Organisation id, where the board or the name tells.
    pub organisation: Option<String>,
    /// Kind of model as the board tells it, where it does.
    pub kind: Option<String>,
    /// What it was made from, as its uploader declares on the board, where the source tells.
    pub base: Option<String>,
    /// Class of its architecture, where the source tells.
    pub architecture: Option<String>,
    /// Parameters in billions, to a tenth, where the source tells.
    pub size: Option<String>,
}

/// The families whose models have a given architecture and size, where nearly all that say their family are one maker's.
/// Merges and fine-tunes keep both, so that they tell of the weights what the class alone does not. Only families that
/// their makers trained from nothing count: a fine-tune that is called after another fine-tune tells of neither's base.
#[derive(Debug, Default)]
struct Designs {
    families: BTreeMap<(String, String), String>,
    /// Families that their makers trained from nothing, with the architectures that the makers' own models have.
    roots: BTreeMap<String, BTreeSet<String>>,
}

/// What uploaders declare their models to be made from, over every board: one board prints it, another only the name.
#[derive(Debug, Default)]
struct Declarations(BTreeMap<String, String>);

/// Declarations that are followed one after the other; longer chains are not seen, and rings are.
const MOST_DECLARED: usize = 6;

impl Declarations {
    fn gather<'a>(printed: impl Iterator<Item = (&'a String, &'a PrintedName)>) -> Self {
        // Of a merge it repeats its own name.
        let is_own = |name: &str, base: &str| base.strip_suffix(" (Merge)").unwrap_or(base) == name;
        let declared = printed.filter_map(|(name, row)| Some((name, row.base.as_ref()?)));
        Self(
            declared
                .filter(|(name, base)| !is_own(name, base))
                .map(|(name, base)| (name.clone(), base.clone()))
                .collect(),
        )
    }

    /// The declared base of a model or, where its name tells of no family, what that one was declared to be made from.
    fn base<'a>(&'a self, names: &Names, name: &str) -> Option<&'a str> {
        let mut bases = std::iter::successors(self.0.get(name), |base| self.0.get(*base));
        bases.by_ref().take(MOST_DECLARED).map(String::as_str).find(|base| names.family_said(base).is_some())
    }
}

/// What the boards together tell of what models were made from.
#[derive(Debug, Default)]
pub(super) struct Lineages {
    designs: Designs,
    declarations: Declarations,
}

/// How many named models of a design are of each maker and family.
type Makers<'n> = BTreeMap<&'n str, BTreeMap<&'n str, usize>>;

/// How the boards call a model that was not made from another.
const PRETRAINED: &str = "pretrained";

/// Fewer named models of a design tell nothing.
const LEAST_NAMED: usize = 10;

/// Share of a design's named models that are of one maker, for the design to be that maker's.
const LEAST_SHARE: f64 = 0.95;

impl Designs {
    /// Counts the families that names say, by architecture and size.
    fn count<'a>(
        names: &Names,
        printed: impl Iterator<Item = (&'a String, &'a PrintedName)> + Clone,
    ) -> Self {
        let mut roots: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, row) in printed.clone().filter(|(_, row)| row.kind.as_deref() == Some(PRETRAINED)) {
            if let Some(family) =
                names.family_said(name).filter(|family| family.organisation == row.organisation)
            {
                roots.entry(family.id.clone()).or_default().extend(row.architecture.clone());
            }
        }
        let mut counts: BTreeMap<(String, String), Makers<'_>> = BTreeMap::new();
        for (name, row) in printed {
            let (Some(architecture), Some(size)) = (&row.architecture, &row.size) else { continue };
            let Some(family) = names.family_said(name).filter(|f| roots.contains_key(&f.id)) else {
                continue;
            };
            let makers = counts.entry((architecture.clone(), size.clone())).or_default();
            let maker = family.organisation.as_deref().unwrap_or_default();
            *makers.entry(maker).or_default().entry(&family.id).or_default() += 1;
        }
        let usual = |makers: Makers<'_>| {
            let of = |families: &BTreeMap<&str, usize>| families.values().sum::<usize>();
            let total: usize = makers.values().map(of).sum();
            let families = makers.values().max_by_key(|families| of(families))?;
            let is_one = total >= LEAST_NAMED && of(families) as f64 >= LEAST_SHARE * total as f64;
            let (family, _) = families.iter().max_by_key(|(_, count)| **count)?;
            is_one.then(|| (*family).to_owned())
        };
        let families =
            counts.into_iter().filter_map(|(design, makers)| Some((design, usual(makers)?))).collect();
        Self { families, roots }
    }

    /// Whether a row may be made from a family that its name says, by its architecture. A family that was made from
    /// another may not: the other is what it was made from.
    fn fits(&self, family: &str, row: &PrintedName) -> bool {
        let own = self.roots.get(family);
        own.is_some_and(|own| {
            own.is_empty() || row.architecture.as_ref().is_none_or(|class| own.contains(class))
        })
    }

    fn family(&self, row: &PrintedName) -> Option<&str> {
        let design = (row.architecture.clone()?, row.size.clone()?);
        self.families.get(&design).map(String::as_str)
    }
}

impl Catalog {
    /// Distinct printed names of a data set's table; none of a table that holds no boards.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn printed_names(&self, id: &str) -> Result<Arc<BTreeMap<String, PrintedName>>> {
        self.printed.get(id, || self.read_printed(id).map(Arc::new))
    }

    fn read_printed(&self, id: &str) -> Result<BTreeMap<String, PrintedName>> {
        if !self.manifest(id)?.is_scores() {
            return Ok(BTreeMap::new());
        }
        let frame = self.read_frame(id, Wanted::Lineage)?;
        let mut bases = table::optional_text(id, &frame, "base")?.into_iter();
        let mut architectures = table::optional_text(id, &frame, "architecture")?.into_iter();
        let mut sizes = table::optional_text(id, &frame, "size")?.into_iter();
        Ok(table::rows(id, &frame)?
            .into_iter()
            .map(|row| {
                let printed = PrintedName {
                    model: row.model.clone(),
                    organisation: row.organisation.clone(),
                    kind: row.kind.clone(),
                    base: bases.next().flatten(),
                    architecture: architectures.next().flatten(),
                    size: sizes.next().flatten(),
                };
                (row.name.clone(), printed)
            })
            .collect())
    }

    /// Who stands behind a printed name, by what the table says of it and what the names know.
    #[must_use]
    pub fn standing<'a>(&'a self, name: &'a str, printed: &PrintedName) -> Standing<'a> {
        let said = self.names().family_said(name);
        let lineages = self.lineages();
        let lineage = Lineage {
            declared: lineages.declarations.base(self.names(), name),
            design: lineages.designs.family(printed),
            design_outweighs_name: said.is_some_and(|family| !lineages.designs.fits(&family.id, printed)),
            architecture: printed.architecture.as_deref(),
        };
        self.names().standing(name, &printed.model, printed.organisation.as_deref(), lineage)
    }

    /// What the name of a repository stands for, on the first board that prints it.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn find_printed(&self, name: &str) -> Result<Option<(&str, PrintedName)>> {
        for (id, manifest) in self.manifests() {
            if manifest.is_scores()
                && manifest.is_held(self.lock())
                && let Some(printed) = self.printed_names(id)?.get(name).cloned()
            {
                return Ok(Some((id, printed)));
            }
        }
        Ok(None)
    }

    /// Gathered once, over every table. A table that cannot be read has nothing to tell.
    fn lineages(&self) -> &Lineages {
        self.lineages.get_or_init(|| {
            let held = self.manifests().iter().filter(|(_, manifest)| manifest.is_held(self.lock()));
            let tables: Vec<_> = held.filter_map(|(id, _)| self.printed_names(id).ok()).collect();
            let printed = || tables.iter().flat_map(|table| table.iter());
            Lineages {
                designs: Designs::count(self.names(), printed()),
                declarations: Declarations::gather(printed()),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Store;

    fn printed(architecture: &str, size: &str) -> PrintedName {
        let cell = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        PrintedName { architecture: cell(architecture), size: cell(size), ..PrintedName::default() }
    }

    #[test]
    fn a_declaration_on_one_board_counts_on_all_and_is_followed_to_a_family() {
        let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
        let rows: Vec<(String, PrintedName)> = [
            ("a/Ghost-beta-1608", Some("a/Ghost-beta")),
            ("a/Ghost-beta", Some("meta-llama/Llama-3.1-8B")),
            ("a/Ghost-beta", None),
            ("b/Boros", Some("b/Ouro")),
            ("b/Ouro", Some("b/Boros")),
            ("c/Blend", Some("c/Blend (Merge)")),
        ]
        .into_iter()
        .map(|(name, base)| {
            (name.to_owned(), PrintedName { base: base.map(str::to_owned), ..PrintedName::default() })
        })
        .collect();
        let declared = Declarations::gather(rows.iter().map(|(name, row)| (name, row)));
        let base = |name| declared.base(catalog.names(), name);
        assert_eq!(base("a/Ghost-beta-1608"), Some("meta-llama/Llama-3.1-8B"));
        assert_eq!(base("a/Ghost-beta"), Some("meta-llama/Llama-3.1-8B"));
        assert_eq!((base("b/Boros"), base("c/Blend")), (None, None));
    }

    #[test]
    fn a_design_is_a_makers_where_nearly_all_named_models_of_it_are() {
        let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
        let llama = |size: &str| printed("LlamaForCausalLM", size);
        let mut rows: Vec<(String, PrintedName)> =
            (0..20).map(|i| (format!("a/llama-3-8b-{i}"), llama("8.0"))).collect();
        let own = |name: &str, maker: &str| {
            let (kind, organisation) = (Some(PRETRAINED.to_owned()), Some(maker.to_owned()));
            (name.to_owned(), PrintedName { kind, organisation, ..llama("") })
        };
        rows.extend([own("meta-llama/Llama-3-8B", "meta"), own("01-ai/Yi-34B", "01-ai")]);
        rows.extend([own("codellama/CodeLlama-34b", "meta"), own("upstage/SOLAR-10.7B-v1.0", "upstage")]);
        // Called after a fine-tune: of its base they say nothing.
        rows.extend((0..20).map(|i| (format!("a/zephyr-8b-{i}"), llama("8.0"))));
        rows.extend((0..12).map(|i| (format!("a/Yi-34B-{i}"), llama("34.4"))));
        rows.extend((0..3).map(|i| (format!("a/codellama-34b-{i}"), llama("34.4"))));
        rows.extend((0..5).map(|i| (format!("a/solar-10.7b-{i}"), llama("10.7"))));
        let designs = Designs::count(catalog.names(), rows.iter().map(|(name, row)| (name, row)));
        assert_eq!(designs.family(&llama("8.0")), Some("llama"));
        // Two makers share it; too few tell; nobody said the size.
        assert_eq!(designs.family(&llama("34.4")), None);
        assert_eq!(designs.family(&llama("10.7")), None);
        assert_eq!(designs.family(&llama("")), None);
        // A Llama by its design, whatever its name says of flowers.
        assert!(designs.fits("llama", &llama("8.0")) && !designs.fits("zephyr", &llama("8.0")));
        assert!(
            designs.fits("yi", &llama("34.4")) && !designs.fits("yi", &printed("BloomForCausalLM", "34.4"))
        );
    }
}
