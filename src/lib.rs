//! `benchclaim` reads prose, finds what it claims about AI models, and checks each claim against dated public
//! leaderboards, as of the day it was written and as of now.
//!
//! The pipeline runs one way, and every stage is a folder named for what leaves it:
//!
//! ```text
//! article -> claims -> evidence -> verdicts -> report          pure, offline, repeatable
//!                         ^
//! the web -> refresh -> datasets/                              the only door for the network
//! ```
//!
//! ```
//! use benchclaim::{Catalog, Store, article, check};
//! let catalog = Catalog::open(Store::Shipped)?;
//! let text = "GPT-4o beats GPT-4 on the Chatbot Arena.";
//! let text = article::Input { id: "note", bytes: text.as_bytes(), format: None, date: None, title: None, url: None };
//! let article = article::read(text)?;
//! let checked = check(&article, &catalog, None)?;
//! assert_eq!(checked[0].verdict.outcome.name(), "supported");
//! # Ok::<(), benchclaim::Error>(())
//! ```

pub mod article;
pub mod calibrate;
mod check;
pub mod claim;
pub mod cli;
pub mod corpus;
pub mod dataset;
mod error;
pub mod evidence;
pub mod llm;
pub mod names;
pub mod parallel;
mod quantity;
pub mod refresh;
pub mod report;
pub mod reported;
pub mod stats;
pub mod verdict;

pub use article::Article;
pub use check::{check, check_claim, check_claims, report, report_claims};
pub use claim::{Claim, ClaimKind, extract};
pub use dataset::{Catalog, Store};
pub use error::{Error, Result};
pub use evidence::{Evidence, gather};
pub use report::{Checked, Format, Report, render};
pub use verdict::{Outcome, Verdict, judge};
