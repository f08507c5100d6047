//! Records on disk between the pass that makes them and the passes that read them, so that memory
//! does not grow with the rows.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A temporary file of records, which vanishes with this value.
pub struct Spill<T> {
    file: BufWriter<File>,
    records: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Spill<T> {
    /// An empty one, in the system's temporary directory.
    pub fn new() -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 20, tempfile::tempfile()?);
        Ok(Self { file, records: PhantomData })
    }

    /// Appends a record.
    pub fn push(&mut self, record: &T) -> io::Result<()> {
        let bytes = postcard::to_stdvec(record).map_err(io::Error::other)?;
        self.file.write_all(&(bytes.len() as u32).to_le_bytes())?;
        self.file.write_all(&bytes)
    }

    /// Hands all records to `each`, in the order in which it was appended, some hundred at a time.
    pub fn for_each_chunk<E: From<io::Error>>(
        &mut self,
        mut each: impl FnMut(Vec<T>) -> Result<(), E>,
    ) -> Result<(), E> {
        const CHUNK: usize = 1024;
        self.file.flush()?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::with_capacity(1 << 20, file);
        let mut bytes = Vec::new();
        loop {
            let mut chunk = Vec::with_capacity(CHUNK);
            while chunk.len() < CHUNK && read_record(&mut reader, &mut bytes)? {
                chunk.push(postcard::from_bytes(&bytes).map_err(io::Error::other)?);
            }
            if chunk.is_empty() {
                return Ok(());
            }
            each(chunk)?;
        }
    }
}

/// Reads the next record into `bytes`; false at the end.
fn read_record(reader: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut length = [0; 4];
    match reader.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
        other => other?,
    }
    bytes.resize(u32::from_le_bytes(length) as usize, 0);
    reader.read_exact(bytes)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spilled_comes_back_in_order_as_often_as_asked() {
        let mut spill = Spill::new().expect("there is a temporary directory");
        let records: Vec<(u32, String)> =
            (0..2500).map(|i| (i, "ü".repeat(i as usize % 50))).collect();
        for record in &records {
            spill.push(record).expect("there is room");
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
