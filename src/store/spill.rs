//! Records on disk between the pass that makes them and the passes that read them, so that memory
//! does not grow with the rows.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::mention::pass::{CHUNK, Source};

/// Bytes of the length that precedes a record.
const LENGTH: usize = size_of::<u32>();

/// Records as they are stored, each behind its length.
pub struct Encoded<T> {
    bytes: Vec<u8>,
    records: PhantomData<T>,
}

/// A temporary file of records, which vanishes with this value.
pub struct Spill<T> {
    file: BufWriter<File>,
    records: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned + Send> Spill<T> {
    /// An empty one, in the system's temporary directory.
    pub fn new() -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 20, tempfile::tempfile()?);
        Ok(Self { file, records: PhantomData })
    }

    /// Records in the form in which they are stored, to be made on any thread.
    pub fn encode(records: &[T]) -> io::Result<Encoded<T>> {
        let mut bytes = Vec::new();
        for record in records {
            let start = bytes.len();
            bytes.extend([0; LENGTH]);
            bytes = postcard::to_extend(record, bytes).map_err(io::Error::other)?;
            let length = (bytes.len() - start - LENGTH) as u32;
            bytes[start..start + LENGTH].copy_from_slice(&length.to_le_bytes());
        }
        Ok(Encoded { bytes, records: PhantomData })
    }

    /// Appends records.
    pub fn append(&mut self, records: &Encoded<T>) -> io::Result<()> {
        self.file.write_all(&records.bytes)
    }

    /// Reads the records in the order in which they were appended, from the first on.
    pub fn read(&mut self) -> io::Result<Reader<'_, T>> {
        self.file.flush()?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(0))?;
        let file = BufReader::with_capacity(1 << 20, file);
        Ok(Reader { file, bytes: Vec::new(), records: PhantomData })
    }
}

/// Reads records in their order.
pub struct Reader<'s, T> {
    file: BufReader<&'s mut File>,
    bytes: Vec<u8>,
    records: PhantomData<T>,
}

impl<T: DeserializeOwned + Send> Reader<'_, T> {
    /// The next records, decoded on all threads: so many, or as many as there are left.
    pub fn next(&mut self, most: usize) -> io::Result<Vec<T>> {
        let Self { file, bytes, .. } = self;
        bytes.clear();
        let mut ranges = Vec::with_capacity(most);
        while ranges.len() < most
            && let Some(range) = read_record(file, bytes)?
        {
            ranges.push(range);
        }
        let decode = |range: &Range<usize>| {
            postcard::from_bytes(&bytes[range.clone()]).map_err(io::Error::other)
        };
        ranges.par_iter().map(decode).collect()
    }
}

impl<T: Serialize + DeserializeOwned + Send + Sync> Source for Spill<T> {
    type Record = T;

    fn for_each_chunk<E: From<io::Error>>(
        &mut self,
        mut each: impl FnMut(Vec<T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut reader = self.read()?;
        loop {
            let records = reader.next(CHUNK)?;
            if records.is_empty() {
                return Ok(());
            }
            each(records)?;
        }
    }
}

/// Appends the next record to `bytes` and says where it stands; none at the end.
fn read_record(reader: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<Option<Range<usize>>> {
    let mut length = [0; LENGTH];
    match reader.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let start = bytes.len();
    bytes.resize(start + u32::from_le_bytes(length) as usize, 0);
    reader.read_exact(&mut bytes[start..])?;
    Ok(Some(start..bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spilled_comes_back_in_order_as_often_as_asked() {
        let mut spill = Spill::new().expect("there is a temporary directory");
        let records: Vec<(u32, String)> =
            (0..2500).map(|i| (i, "ü".repeat(i as usize % 50))).collect();
        for records in records.chunks(77) {
            let encoded = Spill::encode(records).expect("it can be encoded");
            spill.append(&encoded).expect("there is room");
        }
        for _ in 0..2 {
            let mut found: Vec<(u32, String)> = Vec::new();
            spill
                .for_each_chunk(|chunk| {
                    found.extend(chunk);
                    Ok::<(), io::Error>(())
                })
                .expect("it reads");
            assert!(found == records);
        }
    }
}
