//! The command line: parse the arguments, run, map the result to an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    painpoint::cli::main()
}
