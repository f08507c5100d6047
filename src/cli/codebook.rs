//! `painpoint codebook`.

mod check;
mod evaluate;

use std::process::ExitCode;

use clap::{Args, Subcommand};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show how a codebook fits feedback: coverage, overlaps, dead keyphrases, words without a
    /// touchpoint.
    Check(check::Arguments),
    /// Measure a codebook on feedback whose touchpoints people have labelled.
    Evaluate(evaluate::Arguments),
}

/// Checks or evaluates.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Check(arguments) => check::run(arguments),
        Action::Evaluate(arguments) => evaluate::run(arguments),
    }
}
