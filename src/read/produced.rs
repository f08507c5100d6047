//! Records that a thread makes: for formats whose parsers push, or borrow from what they read.

use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::vec;

use super::format::{Fault, Record};

/// A record, one that cannot be used, or what ends them.
pub(crate) type Item = io::Result<Result<Record, Fault>>;

/// Records that are handed over together, and their bytes, unless a single one has more.
const RECORDS: usize = 64;
const BYTES: usize = 1 << 18;

/// Batches that wait to be taken.
const AHEAD: usize = 2;

/// The records of a thread, in their order. Dropping it ends the thread.
pub(crate) struct Produced {
    batches: Receiver<Vec<Item>>,
    current: vec::IntoIter<Item>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

/// Where the thread puts its records.
pub(crate) struct Producer {
    batches: SyncSender<Vec<Item>>,
    batch: Vec<Item>,
    bytes: usize,
}

impl Produced {
    /// Starts `work`, which stops where nobody takes records any more. Its error comes last.
    pub(crate) fn start(
        work: impl FnOnce(&mut Producer) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, batches) = sync_channel(AHEAD);
        let thread = Builder::new().name("reading".to_owned()).spawn(move || {
            let mut producer = Producer { batches: sender, batch: Vec::new(), bytes: 0 };
            let done = work(&mut producer);
            let _ = producer.hand_over();
            done
        })?;
        Ok(Self { batches, current: Vec::new().into_iter(), thread: Some(thread) })
    }

    /// What the thread came to, once.
    fn end(&mut self) -> Option<Item> {
        match self.thread.take()?.join() {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(Err(error)),
            Err(_) => Some(Err(panicked())),
        }
    }
}

impl Iterator for Produced {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.current.next() {
                return Some(item);
            }
            match self.batches.recv() {
                Ok(batch) => self.current = batch.into_iter(),
                Err(_) => return self.end(),
            }
        }
    }
}

impl Producer {
    /// Hands on a record; breaks where nobody wants more.
    pub(crate) fn put(&mut self, item: Result<Record, Fault>) -> ControlFlow<()> {
        if let Ok(record) = &item {
            self.bytes += record.cells.iter().map(String::len).sum::<usize>();
        }
        self.batch.push(Ok(item));
        if self.batch.len() < RECORDS && self.bytes < BYTES {
            return ControlFlow::Continue(());
        }
        self.hand_over()
    }

    fn hand_over(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.batches.send(std::mem::take(&mut self.batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// What is told where a parser gave up on a file instead of saying what is wrong with it.
pub(crate) fn panicked() -> io::Error {
    io::Error::other("it is damaged in a way that cannot be told; save it anew, or as CSV UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::format::Place;

    fn record(n: u64) -> Record {
        Record { place: Place { sheet: None, record: n, line: n }, cells: vec![n.to_string()] }
    }

    #[test]
    fn records_come_in_order_and_an_error_comes_last() {
        let produced = Produced::start(|producer| {
            for n in 0..1_000 {
                let _ = producer.put(Ok(record(n)));
            }
            Err(io::Error::other("broken"))
        });
        let items: Vec<Item> = produced.unwrap().collect();
        assert_eq!(items.len(), 1_001);
        assert!((0..1_000).zip(&items).all(|(n, item)| item.as_ref().unwrap() == &Ok(record(n))));
        assert!(items[1_000].as_ref().unwrap_err().to_string().contains("broken"));
    }

    #[test]
    fn a_thread_ends_where_nobody_takes_its_records() {
        let (sender, ended) = std::sync::mpsc::channel();
        let mut produced = Produced::start(move |producer| {
            while producer.put(Ok(record(1))).is_continue() {}
            sender.send(()).map_err(io::Error::other)
        })
        .unwrap();
        assert!(produced.next().is_some());
        drop(produced);
        ended.recv_timeout(std::time::Duration::from_secs(60)).unwrap();
    }

    #[test]
    fn a_panic_is_told_as_damage() {
        let mut produced = Produced::start(|_| panic!("an index out of range")).unwrap();
        assert!(produced.next().unwrap().unwrap_err().to_string().contains("damaged"));
        assert!(produced.next().is_none());
    }
}
