//! Raw arguments → a validated plan → exit code. One file a subcommand.

use std::process::ExitCode;

/// Runs the command that the process arguments name.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
