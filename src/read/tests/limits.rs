//! What is too much: small files that would fill memory or disk, each told with a remedy.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// Bytes beyond which what unpacks to too much is noticed.
const MUCH: usize = 80 << 20;

/// The error that reading a file to its end gives.
fn error(content: impl AsRef<[u8]>) -> String {
    let file = File::new(content);
    match open(&file.path(), &ColumnChoice::default()) {
        Err(error) => error.to_string(),
        Ok(input) => input.last().unwrap().unwrap_err().to_string(),
    }
}

#[test]
fn a_gzip_bomb_is_told() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(b"id,comment\n1,The parcel came two weeks late\n").unwrap();
    packed.write_all(&vec![b'x'; MUCH]).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < MUCH / 250);
    let error = error(packed);
    assert!(error.contains("unpacks to more than 250 times its size"), "{error}");
}

#[test]
fn a_zstd_bomb_is_told() {
    // A frame of blocks of 128 KiB, each one byte that repeats (RFC 8878, section 3.1.1.2).
    let mut packed = b"\x28\xb5\x2f\xfd\x00\x50".to_vec();
    let block = |last: u32| ((128 << 10) << 3 | 1 << 1 | last).to_le_bytes();
    for at in 0..MUCH >> 17 {
        packed.extend(&block(u32::from(at + 1 == MUCH >> 17))[..3]);
        packed.push(b'x');
    }
    assert!(packed.len() < 4_000);
    let error = error(packed);
    assert!(error.contains("unpacks to more than 250 times its size"), "{error}");
}

#[test]
fn a_row_of_too_many_cells_or_bytes_is_a_reject_and_reading_goes_on() {
    let start = "id,comment\n1,The parcel came two weeks late\n2,The staff was friendly\n";
    let cells = "x,".repeat(20_000);
    let bytes = format!("\"{}\",", "late ".repeat(150_000)).repeat(5);
    for (large, told) in [(cells, "more than 16384 cells"), (bytes, "larger than 1 MB")] {
        let (feedback, rejects) =
            read(&mut File::new(format!("{start}{large}\n3,I still wait for my refund\n")).open());
        assert_eq!((feedback.len(), rejects.len()), (3, 1));
        let reason = &rejects[0].reason;
        assert!(reason.contains(told) && reason.contains("--delimiter"), "{reason}");
    }
}

#[test]
fn a_record_of_json_that_is_too_large_is_told() {
    let large = format!("{{\"comment\": \"{}\"}}\n", "late ".repeat(4 << 20));
    let small = "{\"comment\": \"The parcel came late\"}\n";
    let text = format!("{small}{small}{large}{small}");
    let (feedback, rejects) = read(&mut File::new(text).open());
    assert_eq!((feedback.len(), rejects.len()), (3, 1));
    assert!(rejects[0].reason.contains("more than 16 MB"), "{}", rejects[0].reason);
    let error = error(format!("[{large}]"));
    assert!(error.contains("16 MB"), "{error}");
}
