#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod bulletin;
mod bundled;
mod citation;
mod distinct;
mod doc;
mod entity;
mod error;
mod explain;
mod extractor;
mod header;
mod indicator;
mod key;
mod kind;
mod letter;
mod lexicon;
mod link;
pub mod normalize;
mod note;
mod number;
pub mod popolo;
mod scan;
#[cfg(any(test, feature = "schema"))]
mod schema;
mod span;
mod syllable;
mod symbol;
mod tok;
pub mod token;
mod typo;
mod words;

pub use bulletin::{
    AdministrativeLevel, Bulletin, Change, Date, DateKind, Document, Entity, Header, HeaderSpans, Indicator, InferredFrom, InferredName,
    IssuerSystem, Mismatch, MismatchField, Money, Organization, OrganizationKind, PartOfDay, Percent, Person, Place, PlaceLevel, Post,
    Provision, Quantity, Quote, Ratio, Reference, SCHEMA, Symbol, Title, TitleKind,
};
pub use error::Error;
pub use explain::{Evidence, Explained, Explanation, Fact, HeaderField, Rejected};
pub use extractor::{Extractor, ExtractorBuilder, Worker};
/// The calendar that reference dates come from: `bantin::jiff::civil::date(2021, 11, 12)`.
pub use jiff;
pub use kind::Kind;
pub use lexicon::Table;
#[cfg(any(test, feature = "schema"))]
pub use schema::schema;
pub use span::{OffsetMap, OffsetUnit, Span};
