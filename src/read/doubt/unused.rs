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
    /// Any that lacks a column which another input of the run has.
    OtherColumns,
}

impl InputKind {
    /// The options that are given and say nothing about such an input.
    pub(crate) fn unused(self, choice: &ColumnChoice) -> Vec<Doubt> {
        use InputKind::{Delimited, Json, Workbook};
        let options = [
            ("--sheet", choice.sheet.is_some(), [Delimited, Json].as_slice()),
            ("--delimiter", choice.delimiter.is_some(), &[Workbook, Json]),
            ("--encoding", choice.encoding.is_some(), &[Workbook]),
            ("--skip-rows", choice.skip_rows.is_some(), &[Json]),
            ("--header-rows", choice.header_rows.is_some(), &[Json]),
        ];
        let unused = options.iter().filter(|(_, given, kinds)| *given && kinds.contains(&self));
        let told = |(option, ..): &(&str, _, _)| Doubt::UnusedOption {
            option: (*option).to_owned(),
            input: self,
        };
        unused.map(told).collect()
    }
}
