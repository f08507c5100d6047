//! Inputs → windows of rows, each row with its id.

use std::sync::Arc;

use super::flow::{Event, Window};
use super::pipeline::{Feed, Stopped};
use crate::read::identity::{Identities, Identity};
use crate::read::{Feedback, Input, InputRow, Layout, PassingOver, Protection};

/// Rows that are scored together: some thousand tokens, several batches of the engine.
const ROWS: usize = 64;

/// Bytes of rows that are scored together, unless a single row is longer.
const BYTES: usize = 1 << 18;

/// Reads all inputs, one after the other.
pub(super) fn read<Rows>(
    inputs: Vec<Input>,
    (layouts, passing_over, protection): (&[Arc<Layout>], &[Arc<PassingOver>], &Protection),
    feed: &mut Feed<Window, Event<Rows>>,
) -> Result<(), Stopped> {
    let mut identities = Identities::new(protection);
    for (number, mut input) in inputs.into_iter().enumerate() {
        let layout = &layouts[number];
        let passing_over = &passing_over[number];
        let window = |rows| Window {
            input: number,
            layout: Arc::clone(layout),
            passing_over: Arc::clone(passing_over),
            rows,
        };
        let mut rows: Vec<(String, Feedback)> = Vec::with_capacity(ROWS);
        let mut bytes = 0;
        loop {
            match input.next() {
                Some(Ok(InputRow::Feedback(feedback))) => {
                    match identities.identify(&layout.columns, &feedback) {
                        Ok(Identity::New { id, .. }) => {
                            bytes += feedback.cells.iter().map(String::len).sum::<usize>();
                            rows.push((id, feedback));
                        }
                        Ok(Identity::Duplicate) => feed.pass(Event::Duplicate)?,
                        Err(error) => return feed.pass(Event::Failed(error)),
                    }
                }
                Some(Ok(InputRow::Replaced(_))) => feed.pass(Event::Duplicate)?,
                Some(Ok(InputRow::LeftOut(_))) => feed.pass(Event::LeftOut)?,
                Some(Ok(InputRow::Reject(reject))) => feed.pass(Event::Reject(number, reject))?,
                Some(Err(error)) => return feed.pass(Event::Failed(error)),
                None => break,
            }
            if rows.len() == ROWS || bytes >= BYTES {
                feed.work(window(std::mem::take(&mut rows)))?;
                bytes = 0;
            }
        }
        feed.work(window(rows))?;
        let fingerprint = input.fingerprint().cloned().unwrap_or_default();
        feed.pass(Event::End(number, input.doubts_to_sum(), fingerprint))?;
    }
    Ok(())
}
