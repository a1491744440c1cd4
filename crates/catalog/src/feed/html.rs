//! From a shop's HTML, or text that may hold some, to plain text: paragraphs with a blank line between them.

/// The plain text of `html`. Scripts, styles and comments vanish, list items get a bullet.
pub(super) fn plain(html: &str) -> String {
    let mut text = Text::new(html.contains("</") || html.contains("<br") || html.contains("<p"));
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, markup) = rest.split_at(at);
        text.add(before);
        rest = if markup.starts_with('<') { tag(markup, &mut text) } else { entity(markup, &mut text) };
    }
    text.add(rest);
    text.finish()
}

/// The text of one line, such as a title.
pub(super) fn line(html: &str) -> String {
    plain(html).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes what begins with `<`: a tag, a comment or a mere sign. Gives what follows.
fn tag<'a>(markup: &'a str, text: &mut Text) -> &'a str {
    let inside = markup.get(1..).unwrap_or_default();
    if let Some(comment) = inside.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?') {
        text.add("<");
        return inside;
    }
    let Some(end) = end_of_tag(inside) else {
        text.add("<");
        return inside;
    };
    let (content, rest) = inside.split_at(end);
    let name: String = content
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    let rest = rest.get(1..).unwrap_or_default();
    match name.as_str() {
        "script" | "style" if !content.starts_with('/') => return after_closing(rest, &name),
        "p" | "div" | "ul" | "ol" | "table" | "section" | "article" | "blockquote" | "hr" => text.paragraph(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => text.paragraph(),
        "li" if !content.starts_with('/') => text.item(),
        "br" | "tr" => text.line(),
        "td" | "th" => text.add(" "),
        _ => {}
    }
    rest
}

/// Where the tag's `>` stands, quoted values left aside; no tag is longer than 4 KB.
fn end_of_tag(content: &str) -> Option<usize> {
    let mut quote = None;
    content.char_indices().take(4096).find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        None
    })
}

/// What follows the end tag `name`.
fn after_closing<'a>(rest: &'a str, name: &str) -> &'a str {
    let is_closing = |at: &usize| {
        let tag = rest.get(at + 2..).and_then(|tag| tag.get(..name.len()));
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    let at = rest.match_indices("</").map(|(at, _)| at).find(is_closing);
    at.and_then(|at| rest.get(at..)?.split_once('>')).map_or("", |(_, rest)| rest)
}

/// Takes what begins with `&`: a character reference or a mere sign. Gives what follows.
fn entity<'a>(markup: &'a str, text: &mut Text) -> &'a str {
    let inside = markup.get(1..).unwrap_or_default();
    let end = inside.find(';').filter(|&end| end <= 10);
    if let Some((name, rest)) = end.and_then(|end| inside.split_at_checked(end))
        && let Some(c) = named(name)
    {
        text.add(c.encode_utf8(&mut [0; 4]));
        return rest.get(1..).unwrap_or_default();
    }
    text.add("&");
    inside
}

/// The character of a reference: by number, or by one of the names that shops write.
fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || *c == '\n' || *c == '\t');
    }
    const NAMES: [(&str, char); 41] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("bull", '•'),
        ("middot", '·'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("sbquo", '‚'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("bdquo", '„'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("copy", '©'),
        ("reg", '®'),
        ("trade", '™'),
        ("deg", '°'),
        ("times", '×'),
        ("frac12", '½'),
        ("frac14", '¼'),
        ("euro", '€'),
        ("pound", '£'),
        ("yen", '¥'),
        ("cent", '¢'),
        ("auml", 'ä'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("szlig", 'ß'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("agrave", 'à'),
        ("ccedil", 'ç'),
        ("ntilde", 'ñ'),
        ("oslash", 'ø'),
        ("aring", 'å'),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|&(_, c)| c)
}

/// Plain text in the making.
struct Text {
    text: String,
    /// Line breaks that stand before the next word.
    breaks: usize,
    space: bool,
    bullet: bool,
    /// Whether line breaks of the source are mere white space, as in HTML.
    flows: bool,
}

impl Text {
    fn new(flows: bool) -> Self {
        Self { text: String::new(), breaks: 0, space: false, bullet: false, flows }
    }

    fn add(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                '\n' if !self.flows => self.breaks += 1,
                c if c.is_whitespace() => self.space = true,
                c if c.is_control() || c == '\u{feff}' || c == '\u{200b}' => {}
                c => {
                    self.before_word();
                    self.text.push(c);
                }
            }
        }
    }

    fn before_word(&mut self) {
        let (breaks, space) = (std::mem::take(&mut self.breaks), std::mem::take(&mut self.space));
        match (self.text.is_empty(), breaks) {
            (true, _) => {}
            (false, 0) if space => self.text.push(' '),
            (false, 0) => {}
            (false, 1) => self.text.push('\n'),
            (false, _) => self.text.push_str("\n\n"),
        }
        if std::mem::take(&mut self.bullet) {
            self.text.push_str("• ");
        }
    }

    fn line(&mut self) {
        self.breaks += 1;
    }

    fn paragraph(&mut self) {
        self.breaks = self.breaks.max(2);
    }

    fn item(&mut self) {
        self.breaks = self.breaks.max(1);
        self.bullet = true;
    }

    fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::{line, plain};

    #[test]
    fn tags_become_paragraphs_lines_and_bullets() {
        let html = "<p>Soft\n tee.</p><ul><li>100&nbsp;% cotton</li><li>Washed &amp; pressed</li></ul><p>M&#228;rz</p>";
        assert_eq!(plain(html), "Soft tee.\n\n• 100 % cotton\n• Washed & pressed\n\nMärz");
        assert_eq!(plain("one<br>two<BR/>three"), "one\ntwo\nthree");
    }

    #[test]
    fn scripts_styles_and_comments_vanish_and_values_may_hold_signs() {
        assert_eq!(plain("a<script>if (1 < 2) alert('x')</SCRIPT>b<!-- <p> -->c<style>p{}</style>d"), "abcd");
        assert_eq!(plain("<img alt=\"a > b\" onerror='x'>seen"), "seen");
    }

    #[test]
    fn mere_signs_stay_and_plain_text_keeps_its_paragraphs() {
        assert_eq!(plain("3 < 4 & 5 > 2; R&D &unknown;"), "3 < 4 & 5 > 2; R&D &unknown;");
        assert_eq!(plain("First.\r\n\r\nSecond.\nThird."), "First.\n\nSecond.\nThird.");
        assert_eq!(line("  Tom &amp; Co\n <b>Tee</b> "), "Tom & Co Tee");
        assert_eq!(plain("unfinished <b"), "unfinished <b");
    }
}
