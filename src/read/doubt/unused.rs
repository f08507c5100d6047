//! Options that say something about another kind of input than the one there is.

use serde::{Deserialize, Serialize};

use super::Doubt;
use crate::read::columns::ColumnChoice;

/// Kinds of input, as far as options are about one of them.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// Text with delimiters.
    Delimited,
    /// Excel, OpenDocument.
    Workbook,
    /// JSON.
    Json,
    /// Parquet, SPSS.
    Typed,
    /// Any that lacks a column which another input of the run has.
    OtherColumns,
}

impl InputKind {
    /// The options that are given and say nothing about such an input.
    pub(crate) fn unused(self, choice: &ColumnChoice) -> Vec<Doubt> {
        use InputKind::{Delimited, Json, Typed, Workbook};
        let options = [
            ("--sheet", choice.sheet.is_some(), [Delimited, Json, Typed].as_slice()),
            ("--delimiter", choice.delimiter.is_some(), &[Workbook, Json, Typed]),
            ("--encoding", choice.encoding.is_some(), &[Workbook, Typed]),
            ("--skip-rows", choice.skip_rows.is_some(), &[Json, Typed]),
            ("--header-rows", choice.header_rows.is_some(), &[Json, Typed]),
        ];
        let unused = options.iter().filter(|(_, given, kinds)| *given && kinds.contains(&self));
        let told = |(option, ..): &(&str, _, _)| Doubt::UnusedOption {
            option: (*option).to_owned(),
            input: self,
        };
        unused.map(told).collect()
    }
}
