//! Zstandard: one frame after the other, as parallel compressors and joined files have them.

use std::io::{self, Cursor, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The unpacked bytes of all frames.
pub(super) struct ZstdFrames<R> {
    packed: R,
    decoder: FrameDecoder,
    /// Whether a frame is being unpacked.
    within: bool,
}

impl<R: Read> ZstdFrames<R> {
    /// Unpacks `packed`.
    pub(super) fn new(packed: R) -> Self {
        Self { packed, decoder: FrameDecoder::new(), within: false }
    }

    /// Starts with the next frame that holds something; false at the end.
    fn start(&mut self) -> io::Result<bool> {
        loop {
            let mut first = [0];
            if self.packed.read(&mut first)? == 0 {
                return Ok(false);
            }
            match self.decoder.reset(Cursor::new(first).chain(&mut self.packed)) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => self.skip(u64::from(length))?,
                Err(error) => return Err(damaged(error)),
            }
        }
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        match io::copy(&mut self.packed.by_ref().take(length), &mut io::sink())? {
            skipped if skipped < length => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    /// What a frame says of its bytes must be true of them.
    fn check(&self) -> io::Result<()> {
        let stated = self.decoder.get_checksum_from_data();
        match stated.is_some() && stated != self.decoder.get_calculated_checksum() {
            true => Err(io::Error::new(io::ErrorKind::InvalidData, "wrong checksum")),
            false => Ok(()),
        }
    }
}

impl<R: Read> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if self.within && self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if self.within && self.decoder.is_finished() {
                self.check()?;
                self.within = false;
            }
            if !self.within && !self.start()? {
                return Ok(0);
            }
            self.within = true;
            let step = BlockDecodingStrategy::UptoBlocks(1);
            if !self.decoder.is_finished() {
                self.decoder.decode_blocks(&mut self.packed, step).map_err(damaged)?;
            }
        }
    }
}

fn damaged(error: FrameDecoderError) -> io::Error {
    let reason = match error {
        FrameDecoderError::WindowSizeTooBig { requested, max } => {
            format!("they ask for {requested} bytes of memory, and at most {max} are given")
        }
        FrameDecoderError::DictNotProvided { .. } => "they need a dictionary".to_owned(),
        _ => "a header or block is not as it has to be".to_owned(),
    };
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        ZstdFrames::new(packed).read_to_end(&mut bytes).map(|_| bytes)
    }

    #[test]
    fn all_frames_are_read_and_those_that_hold_nothing_are_passed_over() {
        let long = b"the parcel came late\n".repeat(40_000);
        let (one, other) = (
            compress_to_vec(&long[..], CompressionLevel::Fastest),
            compress_to_vec(&b"end"[..], CompressionLevel::Uncompressed),
        );
        let skipped = b"\x50\x2a\x4d\x18\x02\0\0\0ab";
        let packed = [&skipped[..], &one, skipped, &other].concat();
        assert_eq!(unpack(&packed).unwrap(), [&long[..], b"end"].concat());
        assert_eq!(unpack(&[]).unwrap(), b"");
    }

    #[test]
    fn a_frame_that_is_cut_off_or_damaged_is_an_error() {
        let whole = compress_to_vec(&b"never came\n".repeat(50)[..], CompressionLevel::Fastest);
        for length in [1, 5, whole.len() / 2, whole.len() - 1] {
            assert!(unpack(&whole[..length]).is_err(), "{length}");
        }
        assert!(unpack(&[&whole[..], b"garbage"].concat()).is_err());
    }
}
