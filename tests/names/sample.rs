//! Three hundred names as boards print them, each judged by hand, held against what the program takes them for.
//!
//! The sample is the 300 names of lowest SHA-256 of `benchclaim:DATASET:NAME` among the distinct names of every shipped
//! board. `identity` is the model's id where a maker published it; `~family` where somebody made it from a model of that
//! family (`|` parts what is all true of a merge or a fine-tune of a fine-tune); `own` where an account trained it from
//! nothing; empty where a person cannot tell. `organisation` is an id, or `@` and an account. `country` is the maker's,
//! and of a `~family` the country of that family's maker: where an account is, nobody knows.

use benchclaim::dataset::PrintedName;
use benchclaim::names::{BaseBy, Maker};
use benchclaim::{Catalog, Store};
use std::collections::BTreeMap;

/// Most names that may be taken for something else than they are, of all that are drawn.
const MOST_WRONG: f64 = 0.01;

/// Least share of all names of all shipped boards that must be resolved.
const LEAST_RESOLVED: f64 = 0.98;

/// Least share that must be resolved by a sign that tells of the weights, which an architecture alone does not.
const LEAST_BY_WEIGHTS: f64 = 0.85;

struct Judged {
    dataset: String,
    name: String,
    identity: String,
    organisation: String,
    country: String,
}

fn sample() -> Vec<Judged> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/names/sample.csv");
    let mut reader = csv::Reader::from_path(path).expect("the sample is there");
    let rows = reader.records().map(|row| {
        let row = row.expect("a row of the sample");
        let cell = |at: usize| row.get(at).expect("five cells").to_owned();
        Judged { dataset: cell(0), name: cell(1), identity: cell(2), organisation: cell(3), country: cell(4) }
    });
    rows.collect()
}

/// What the program takes a name for that it is not; none where it is right or says nothing.
fn fault(catalog: &Catalog, judged: &Judged, printed: &PrintedName) -> Option<String> {
    let standing = catalog.standing(&judged.name, printed);
    let is_one_of = |list: &str, found: &str| list.split('|').any(|one| one == found);
    let says = |what: &str, found: &str| Some(format!("{what} is {found}"));
    let maker = match standing.maker {
        Maker::Organisation(maker) => maker.id.clone(),
        Maker::Account(account) => format!("@{account}"),
        Maker::Unknown => String::new(),
    };
    let is_account = maker.starts_with('@');
    // To take an organisation for an account of which nothing is known is to know less, not to be wrong.
    if !maker.is_empty() && !is_account && maker != judged.organisation {
        return says("maker", &maker);
    }
    let is_model = !judged.identity.starts_with('~') && !["", "own"].contains(&judged.identity.as_str());
    if let Maker::Organisation(maker) = standing.maker
        && is_model
    {
        let country = maker.country.as_deref().unwrap_or_default();
        if country != judged.country {
            return says("country", country);
        }
        if judged.identity != printed.model {
            return says("identity", &printed.model);
        }
    }
    // An architecture is not said to be the weights', so that it cannot be wrong of them.
    let (family, _) = standing.base.filter(|(_, by)| *by != BaseBy::Architecture)?;
    if judged.identity == "own" {
        return says("base", &family.id);
    }
    let families = judged.identity.strip_prefix('~')?;
    let maker = family.organisation.as_deref().and_then(|id| catalog.names().organisation(id));
    let country = maker.and_then(|maker| maker.country.as_deref()).unwrap_or_default();
    match (is_one_of(families, &family.id), is_one_of(&judged.country, country)) {
        (false, _) => says("base", &family.id),
        (true, false) => says("country of the base", country),
        (true, true) => None,
    }
}

#[test]
fn at_most_one_name_in_a_hundred_is_taken_for_what_it_is_not() {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store opens");
    let sample = sample();
    assert_eq!(sample.len(), 300);
    let mut tables = BTreeMap::new();
    let mut faults = Vec::new();
    for judged in &sample {
        let table = tables
            .entry(&judged.dataset)
            .or_insert_with(|| catalog.printed_names(&judged.dataset).expect("a table"));
        let printed = table.get(&judged.name);
        let printed =
            printed.unwrap_or_else(|| panic!("{} no longer prints {}", judged.dataset, judged.name));
        faults.extend(fault(&catalog, judged, printed).map(|fault| format!("{}: {fault}", judged.name)));
    }
    let most = MOST_WRONG * sample.len() as f64;
    assert!(faults.len() as f64 <= most, "{} names:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn nearly_every_name_of_every_shipped_board_is_resolved() {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store opens");
    let (mut names, mut resolved, mut by_weights) = (0_usize, 0_usize, 0_usize);
    for (id, manifest) in catalog.manifests() {
        if !manifest.is_scores() || !manifest.is_held(catalog.lock()) {
            continue;
        }
        for (name, printed) in catalog.printed_names(id).expect("a table").iter() {
            let standing = catalog.standing(name, printed);
            names += 1;
            resolved += usize::from(standing.is_resolved());
            let is_design_only = standing.base.is_some_and(|(_, by)| by == BaseBy::Architecture);
            by_weights += usize::from(standing.is_resolved() && !is_design_only);
        }
    }
    let share = |count: usize| count as f64 / names as f64;
    assert!(share(resolved) >= LEAST_RESOLVED, "{resolved} of {names} names are resolved");
    assert!(
        share(by_weights) >= LEAST_BY_WEIGHTS,
        "{by_weights} of {names} names by more than an architecture"
    );
}
