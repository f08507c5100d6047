//! `painpoint codebook`.

mod check;
mod evaluate;
mod promote;

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
    Check(Box<check::Arguments>),
    /// Measure a codebook on feedback whose touchpoints people have labelled.
    Evaluate(evaluate::Arguments),
    /// Write a pain point of a run into your codebook as a problem of its touchpoint, so that later
    /// runs ask for it first.
    Promote(promote::Arguments),
}

/// Checks, evaluates or promotes.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Check(arguments) => check::run(*arguments),
        Action::Evaluate(arguments) => evaluate::run(arguments),
        Action::Promote(arguments) => promote::run(arguments),
    }
}
