//! Packed files, told by their first bytes: gzip and Zstandard, in one piece or several.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

/// No text is longer; a small file that unpacks to more is a bomb.
const LIMIT: u64 = 1 << 30;
/// No frame of Zstandard may ask for more memory.
const WINDOW: u64 = 128 << 20;

/// All bytes of a reader, unpacked.
pub fn all(reader: impl Read + Send + 'static) -> io::Result<Vec<u8>> {
    limited(stream(reader)?, LIMIT)
}

fn limited(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("more than {} MiB, unpacked; split it", limit >> 20)));
    }
    Ok(bytes)
}

/// The unpacked bytes of a reader as they are asked for.
pub fn stream(reader: impl Read + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    // A pipe may give the first bytes one by one.
    let mut first = Vec::new();
    reader.by_ref().take(4).read_to_end(&mut first)?;
    let (gzip, zstandard) = (first.starts_with(b"\x1f\x8b"), is_zstandard(&first));
    let reader = io::Cursor::new(first).chain(reader);
    Ok(if gzip {
        Box::new(BufReader::new(MultiGzDecoder::new(reader)))
    } else if zstandard {
        Box::new(BufReader::new(Frames { source: Some(reader), frame: None }))
    } else {
        Box::new(reader)
    })
}

/// The magic number of a frame, or of one to be passed over.
fn is_zstandard(first: &[u8]) -> bool {
    first == b"\x28\xb5\x2f\xfd" || matches!(first, [0x50..=0x5f, 0x2a, 0x4d, 0x18])
}

/// A frame that is being read; the magic number was taken off before.
type Frame<R> = StreamingDecoder<io::Chain<io::Cursor<[u8; 4]>, R>, FrameDecoder>;

/// The frames of a Zstandard file one after another; the library reads one.
struct Frames<R: BufRead> {
    /// The file, between frames.
    source: Option<R>,
    /// The frame that is being read.
    frame: Option<Frame<R>>,
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(buffer).map_err(broken)?;
                if read > 0 || buffer.is_empty() {
                    return Ok(read);
                }
                self.source = self.frame.take().map(|frame| frame.into_inner().into_inner().1);
            }
            let Some(mut source) = self.source.take() else { return Ok(0) };
            if source.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let mut head = [0; 4];
            source.read_exact(&mut head)?;
            if head != *b"\x28\xb5\x2f\xfd" && is_zstandard(&head) {
                source.read_exact(&mut head)?;
                let length = u64::from(u32::from_le_bytes(head));
                io::copy(&mut source.by_ref().take(length), &mut io::sink())?;
                self.source = Some(source);
                continue;
            }
            // The library reads the magic number itself.
            let frame = StreamingDecoder::new_with_max_window_size(io::Cursor::new(head).chain(source), WINDOW);
            self.frame = Some(frame.map_err(broken)?);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
pub mod tests {
    use std::io::Write;

    use super::*;

    pub fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    pub fn zstandard(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn unpacked(bytes: Vec<u8>) -> io::Result<String> {
        all(io::Cursor::new(bytes)).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn several_pieces_are_one_file() {
        for pack in [gzip, zstandard] {
            assert_eq!(unpacked([pack(b"Chi "), pack(b""), pack(b"b\xe1\xbb\x99")].concat()).unwrap(), "Chi bộ");
        }
        let skippable = [&b"\x52\x2a\x4d\x18\x03\0\0\0abc"[..], &zstandard(b"d")].concat();
        assert_eq!(unpacked(skippable).unwrap(), "d");
        for plain in ["", "a", "Chi bộ"] {
            assert_eq!(unpacked(plain.as_bytes().to_vec()).unwrap(), plain);
        }
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        for pack in [gzip, zstandard] {
            let mut packed = pack("Chi bộ thôn Đông họp. ".repeat(50).as_bytes());
            packed.truncate(packed.len() - 9);
            assert!(unpacked(packed).is_err());
        }
    }

    #[test]
    fn a_bomb_is_an_error() {
        let packed = gzip(&vec![b' '; 5 << 20]);
        assert!(packed.len() < 10_000);
        let error = limited(stream(io::Cursor::new(packed)).unwrap(), 4 << 20).unwrap_err();
        assert_eq!(error.to_string(), "more than 4 MiB, unpacked; split it");
    }
}
