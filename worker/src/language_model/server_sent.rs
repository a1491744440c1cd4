//! Reading Server-Sent Events from chunks of any size: the `data` of each event.

/// What has come and is not a whole line yet.
#[derive(Default)]
pub(super) struct Reader {
    rest: Vec<u8>,
    data: String,
}

/// The longest line, in bytes: whoever sends more is no model.
const LONGEST: usize = 256 * 1024;

/// A line without an end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Reader {
    /// The data of the events that `bytes` complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, TooLong> {
        let mut found = Vec::new();
        for &byte in bytes {
            if byte != b'\n' {
                self.rest.push(byte);
                if self.rest.len() > LONGEST {
                    return Err(TooLong);
                }
                continue;
            }
            let line = String::from_utf8_lossy(&self.rest).trim_end_matches('\r').to_owned();
            self.rest.clear();
            if line.is_empty() {
                if !self.data.is_empty() {
                    found.push(std::mem::take(&mut self.data));
                }
            } else if let Some(data) = line.strip_prefix("data:") {
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
                if self.data.len() > LONGEST {
                    return Err(TooLong);
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_out_whole_however_they_are_cut() {
        let text = "data: {\"a\":1}\r\n\r\n: a comment\nevent: x\ndata: one\ndata:two\n\ndata: [DONE]\n\n";
        for size in [1, 3, text.len()] {
            let mut reader = Reader::default();
            let found: Vec<String> =
                text.as_bytes().chunks(size).flat_map(|chunk| reader.push(chunk).unwrap()).collect();
            assert_eq!(found, ["{\"a\":1}", "one\ntwo", "[DONE]"], "{size}");
        }
    }

    #[test]
    fn a_line_without_an_end_is_given_up() {
        assert_eq!(Reader::default().push(&vec![b'x'; LONGEST + 1]), Err(TooLong));
    }
}
