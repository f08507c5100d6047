//! Counts lines while a parser reads, and bounds what it may hold.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of a record at most: several times what a cell may have, as records nest.
pub(super) const MAX_RECORD_BYTES: u64 = 16 << 20;

/// Where a parser is, and how far it may go.
#[derive(Clone)]
pub(super) struct Gauge(Arc<Counts>);

struct Counts {
    line: AtomicU64,
    left: AtomicU64,
}

/// Bytes that are counted as they are read.
pub(super) struct Gauged<R> {
    bytes: BufReader<R>,
    gauge: Gauge,
}

impl Gauge {
    /// The line of the last byte that was read, from 1.
    pub(super) fn line(&self) -> u64 {
        self.0.line.load(Ordering::Relaxed)
    }

    /// A record begins: it may have so many bytes.
    pub(super) fn begin_record(&self) {
        self.0.left.store(MAX_RECORD_BYTES, Ordering::Relaxed);
    }

    /// It has ended: what follows is not held.
    pub(super) fn end_record(&self) {
        self.0.left.store(u64::MAX, Ordering::Relaxed);
    }
}

impl<R: Read> Gauged<R> {
    /// Counts what is read of `bytes`.
    pub(super) fn new(bytes: R) -> (Self, Gauge) {
        let counts = Counts { line: AtomicU64::new(1), left: AtomicU64::new(u64::MAX) };
        let gauge = Gauge(Arc::new(counts));
        (Self { bytes: BufReader::with_capacity(1 << 16, bytes), gauge: gauge.clone() }, gauge)
    }
}

impl<R: Read> Read for Gauged<R> {
    // Parsers ask for one byte after the other.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.bytes.fill_buf()?;
        let length = available.len().min(buffer.len()).min(1);
        buffer[..length].copy_from_slice(&available[..length]);
        self.bytes.consume(length);
        let Counts { line, left } = &*self.gauge.0;
        if buffer[..length].contains(&b'\n') {
            line.fetch_add(1, Ordering::Relaxed);
        }
        let allowed = left.load(Ordering::Relaxed);
        if allowed < length as u64 {
            return Err(io::Error::other(format!(
                "a record of more than {} MB ends behind line {}; no customer writes so much",
                MAX_RECORD_BYTES >> 20,
                line.load(Ordering::Relaxed)
            )));
        }
        if allowed != u64::MAX {
            left.store(allowed - length as u64, Ordering::Relaxed);
        }
        Ok(length)
    }
}
