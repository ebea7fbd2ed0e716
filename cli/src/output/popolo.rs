//! All texts as one Popolo document: who they are, what bodies there are, who held which post.

use bantin::popolo::Builder;

use crate::error::Error;
use crate::output::file::Target;

/// Writes the document.
pub fn write(builder: Builder, target: &mut Target) -> Result<(), Error> {
    let document = serde_json::to_string_pretty(&builder.finish()).map_err(|error| Error::new("popolo", error))?;
    target.write(&document)?;
    target.write("\n")
}
