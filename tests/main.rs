//! The program as its users meet it: the real binary with the model that it carries, on real files.
//!
//! A file a topic. `program` runs the binary; `feedback` and `table` make its inputs and read what
//! it writes.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]
#![allow(unreachable_pub, reason = "nothing of a test binary can be reached from elsewhere")]

mod suite {
    mod accuracy;
    mod cache;
    mod codebook;
    mod commands;
    mod configuration;
    mod contract;
    mod damaged_model;
    mod documentation;
    mod doubts;
    mod faulty_input;
    mod feedback;
    mod golden;
    mod history;
    mod hostile_text;
    #[cfg(unix)]
    mod interrupts;
    #[cfg(unix)]
    mod kills;
    mod labelled;
    mod logs;
    mod mutations;
    mod nasty;
    mod near_duplicates;
    mod operations;
    mod output_folder;
    mod own_words;
    mod pain_points;
    mod planted;
    mod priors;
    mod privacy;
    mod program;
    mod redaction;
    mod regressions;
    mod reports;
    mod rerun;
    mod rules;
    mod table;
    mod tuning;
}
