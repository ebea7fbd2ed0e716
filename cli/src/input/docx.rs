//! The text of a Word document: its paragraphs, tables and text boxes as lines.
//!
//! Deleted text, headers, footers, notes and comments are left out. Text in the old fonts (.VnTime, VNI-Times), which say what the letters are, is
//! decoded.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::lines::Lines;
use super::{Refusal, Text, legacy};

/// No part of a document is longer.
const LIMIT: u64 = 256 << 20;
/// What an element holds that is not the document's text, or holds it a second time.
const NO_TEXT: &[&str] = &["w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:delText", "w:pPrChange", "w:rPrChange"];

/// The text of a document.
pub fn text(bytes: &[u8]) -> Result<Text, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let document = part(&mut archive, "word/document.xml")?
        .ok_or_else(|| Refusal::new("a zip archive without a Word document in it").advise("unpack it and name the files"))?;
    let styles = match part(&mut archive, "word/styles.xml")? {
        Some(xml) => Styles::of(&xml).unwrap_or_default(),
        None => Styles::default(),
    };
    let mut writer = Writer { styles, ..Writer::default() };
    read(&document, &mut writer).map_err(|error| broken(format!("word/document.xml: {error}")))?;
    Ok(writer.finish())
}

fn broken(what: String) -> Refusal {
    Refusal::new(format!("a broken Word document: {what}")).advise("open it in Word and save it again")
}

/// A part of the document, if it has it.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Refusal> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(broken(format!("{name}: {error}"))),
    };
    let mut bytes = Vec::new();
    entry.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| broken(format!("{name}: {error}")))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Refusal::new(format!("{name} is longer than {} MiB", LIMIT >> 20)).advise("split the document"));
    }
    let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
    Ok(Some(text.into_owned()))
}

// ------------------------------------------------------------ fonts

/// How the letters of a font are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Font {
    #[default]
    Unicode,
    Tcvn3,
    Tcvn3Capitals,
    Vni,
}

impl Font {
    /// Told by the name: `.VnTime`, `.VnTimeH` (whose small letters look like capitals), `VNI-Times`.
    fn named(name: &str) -> Font {
        let name = name.trim().to_ascii_lowercase();
        match name {
            _ if name.starts_with("vni") => Font::Vni,
            _ if name.starts_with(".vn") && name.ends_with('h') => Font::Tcvn3Capitals,
            _ if name.starts_with(".vn") => Font::Tcvn3,
            _ => Font::Unicode,
        }
    }

    /// That of a `w:rFonts`; `None` where it leaves the font of Latin letters as it is.
    fn of(fonts: &BytesStart) -> Option<Font> {
        attribute(fonts, "w:ascii").or_else(|| attribute(fonts, "w:hAnsi")).map(|name| Font::named(&name))
    }

    /// Reads a text in this font.
    fn read(self, text: &str) -> legacy::Decoded {
        // Word has the letters of some fonts in the private area.
        let latin = || text.chars().map(|c| if matches!(c, '\u{f020}'..='\u{f0ff}') { char::from(c as u8) } else { c }).collect::<String>();
        match self {
            // The font was left behind when the text was made Unicode.
            _ if text.chars().any(|c| matches!(c, 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ' | 'ă' | 'Ă' | '\u{1ea0}'..='\u{1ef9}')) => {
                plain(text)
            }
            Font::Unicode => plain(text),
            Font::Tcvn3 => legacy::tcvn3(&latin(), false),
            Font::Tcvn3Capitals => legacy::tcvn3(&latin(), true),
            Font::Vni => legacy::vni(&latin()),
        }
    }
}

fn plain(text: &str) -> legacy::Decoded {
    legacy::Decoded { text: text.to_owned(), ..legacy::Decoded::default() }
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// The fonts of the styles.
#[derive(Debug, Default)]
struct Styles {
    /// Of text without a style.
    default: Option<Font>,
    /// The style of paragraphs that name none.
    paragraph: Option<String>,
    /// By id: the font, where the style names one, and the style it is based on.
    styles: HashMap<String, (Option<Font>, Option<String>)>,
}

impl Styles {
    fn of(xml: &str) -> Option<Styles> {
        let mut styles = Styles::default();
        let mut reader = Reader::from_str(xml);
        let mut style: Option<String> = None;
        let mut in_defaults = false;
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                    "w:docDefaults" => in_defaults = true,
                    "w:style" => {
                        style = attribute(&element, "w:styleId");
                        let is_default = attribute(&element, "w:default").is_some_and(|value| value == "1" || value == "true");
                        if is_default && attribute(&element, "w:type").as_deref() == Some("paragraph") {
                            styles.paragraph.clone_from(&style);
                        }
                    }
                    "w:basedOn" => {
                        if let Some(style) = &style {
                            styles.styles.entry(style.clone()).or_default().1 = attribute(&element, "w:val");
                        }
                    }
                    "w:rFonts" if in_defaults => styles.default = Font::of(&element),
                    "w:rFonts" => {
                        if let Some(style) = &style {
                            styles.styles.entry(style.clone()).or_default().0 = Font::of(&element);
                        }
                    }
                    _ => {}
                },
                Event::End(element) => match element.name().as_ref() {
                    "w:docDefaults" => in_defaults = false,
                    "w:style" => style = None,
                    _ => {}
                },
                Event::Eof => return Some(styles),
                _ => {}
            }
        }
    }

    /// The font that a style gives, by itself or by what it is based on.
    fn font(&self, style: Option<&str>) -> Option<Font> {
        const LONGEST: usize = 20; // a chain may bite its tail
        let mut style = style;
        for _ in 0..LONGEST {
            let (font, base) = self.styles.get(style?)?;
            if font.is_some() {
                return *font;
            }
            style = base.as_deref();
        }
        None
    }
}

// ------------------------------------------------------------ text

/// Lines, and the run of text that is being read.
#[derive(Debug, Default)]
struct Writer {
    styles: Styles,
    lines: Lines,
    /// The style of the paragraph, and of those that a text box in it interrupts.
    paragraph: Option<String>,
    interrupted: Vec<Option<String>>,
    /// Of the run: its own font, and its style.
    font: Option<Font>,
    style: Option<String>,
    /// Whether what is read are the properties of a run.
    in_run: bool,
    /// Text in one font that is not written yet: a letter and its VNI mark may stand in two runs.
    pending: (Font, String),
    /// How many characters of old fonts were read, and how many mean nothing.
    decoded: usize,
    lost: usize,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let styles = &self.styles;
        let of_paragraph = || styles.font(self.paragraph.as_deref().or(styles.paragraph.as_deref()));
        let font = self.font.or_else(|| styles.font(self.style.as_deref())).or_else(of_paragraph).or(styles.default).unwrap_or_default();
        if font != self.pending.0 {
            self.flush();
            self.pending.0 = font;
        }
        self.pending.1.push_str(text);
    }

    /// Writes what is pending.
    fn flush(&mut self) {
        let (font, text) = (self.pending.0, std::mem::take(&mut self.pending.1));
        let decoded = font.read(&text);
        if font != Font::Unicode {
            self.decoded += text.chars().count();
        }
        self.lost += decoded.lost;
        self.lines.text(&decoded.text);
    }

    fn start(&mut self, element: &BytesStart) {
        match element.name().as_ref() {
            "w:p" => self.paragraph = None,
            "w:pStyle" => self.paragraph = attribute(element, "w:val"),
            "w:r" => {
                (self.font, self.style) = (None, None);
                self.in_run = true;
            }
            "w:rStyle" if self.in_run => self.style = attribute(element, "w:val"),
            "w:rFonts" if self.in_run => self.font = Font::of(element),
            "w:tab" if self.in_run => {
                self.flush();
                self.lines.tab();
            }
            "w:br" | "w:cr" => {
                self.flush();
                self.lines.end_line();
            }
            "w:noBreakHyphen" => self.text("-"),
            "w:tbl" => {
                self.flush();
                self.lines.open_table();
            }
            "w:tr" => self.lines.open_row(),
            "w:tc" => self.lines.open_cell(),
            "w:txbxContent" => {
                self.flush();
                self.interrupted.push(self.paragraph.take());
                self.in_run = false;
                self.lines.open_box();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:p" => {
                self.flush();
                self.lines.end_line();
            }
            "w:r" => self.in_run = false,
            "w:tbl" => self.lines.close_table(),
            "w:tc" => self.lines.close_cell(),
            "w:txbxContent" => {
                self.flush();
                self.lines.close_box();
                self.paragraph = self.interrupted.pop().flatten();
                self.in_run = true;
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Text {
        self.flush();
        let mut remarks = Vec::new();
        if self.decoded > 0 {
            remarks.push(format!("{} characters in old fonts (.Vn…, VNI-…) were decoded", self.decoded));
        }
        if self.lost > 0 {
            remarks.push(format!("{} of them mean nothing in their font; U+FFFD stands for them", self.lost));
        }
        (self.lines.finish().join("\n"), remarks)
    }
}

fn read(xml: &str, writer: &mut Writer) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut in_text = false;
    loop {
        match reader.read_event()? {
            Event::Start(element) if NO_TEXT.contains(&element.name().as_ref()) => {
                reader.read_to_end(element.name())?;
            }
            Event::Start(element) => {
                in_text = element.name().as_ref() == "w:t";
                writer.start(&element);
            }
            Event::Empty(element) => {
                writer.start(&element);
                if element.name().as_ref() == "w:p" {
                    writer.end("w:p");
                }
            }
            Event::End(element) => {
                in_text = false;
                writer.end(element.name().as_ref());
            }
            Event::Text(text) if in_text => writer.text(&text.xml10_content()),
            Event::CData(text) if in_text => writer.text(&text.xml10_content()),
            Event::GeneralRef(reference) if in_text => {
                if let Some(character) = reference.resolve_char_ref()? {
                    writer.text(character.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = quick_xml::escape::resolve_xml_entity(&reference.xml10_content()) {
                    writer.text(text);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use std::io::Write;

    use super::super::legacy::encode;
    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn document(body: &str) -> String {
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>")
    }

    fn read(body: &str) -> Text {
        text(&archive(&[("word/document.xml", &document(body))])).unwrap()
    }

    fn run(font: &str, text: &str) -> String {
        format!("<w:r><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    fn latin(bytes: &[u8]) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }

    #[test]
    fn paragraphs_breaks_and_tabs() {
        let body = "<w:p><w:pPr><w:tabs><w:tab w:pos=\"9\"/></w:tabs></w:pPr><w:r><w:t>Chi bộ </w:t></w:r><w:r><w:t>thôn &amp; xã&#33;</w:t><w:br/><w:t>Có</w:t><w:tab/><w:t>12</w:t></w:r></w:p>\
            <w:p/><w:p><w:r><w:t>Hết</w:t></w:r></w:p>";
        assert_eq!(read(body), ("Chi bộ thôn & xã!\nCó\t12\nHết".to_owned(), Vec::new()));
        assert_eq!(read("").0, "");
    }

    #[test]
    fn deleted_text_is_gone_and_inserted_text_is_there() {
        let body = "<w:p><w:r><w:t>Kết nạp </w:t></w:r><w:del><w:r><w:delText>6</w:delText></w:r></w:del><w:ins><w:r><w:t>7</w:t></w:r></w:ins>\
            <w:moveFrom><w:r><w:t>xa</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText><w:t> đảng viên</w:t></w:r></w:p>";
        assert_eq!(read(body).0, "Kết nạp 7 đảng viên");
    }

    #[test]
    fn a_text_box_is_read_once() {
        let inner = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>";
        let body = format!(
            "<w:p><w:r><w:t>Trước, </w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>\
             <w:r><w:t>sau</w:t></w:r></w:p>"
        );
        assert_eq!(read(&body).0, "Trong khung\nTrước, sau");
    }

    #[test]
    fn tables_are_lines_and_letterheads_are_not() {
        let cell = |lines: &[&str]| {
            format!("<w:tc>{}</w:tc>", lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect::<String>())
        };
        let table = format!(
            "<w:tbl><w:tr>{}{}</w:tr></w:tbl><w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            cell(&["UBND XÃ TÂN LẬP", "Số: 5/BC-UBND"]),
            cell(&["CỘNG HÒA", "Độc lập"]),
            cell(&["Chỉ tiêu"]),
            cell(&["Kết quả"]),
            cell(&["Kết nạp"]),
            cell(&["7"])
        );
        assert_eq!(read(&table).0, "UBND XÃ TÂN LẬP\nSố: 5/BC-UBND\nCỘNG HÒA\nĐộc lập\nChỉ tiêu\tKết quả\nKết nạp\t7");
    }

    #[test]
    fn old_fonts_are_decoded_run_by_run() {
        let abc = latin(&encode::tcvn3("Đảng bộ xã "));
        let vni = latin(&encode::vni("kết nạp"));
        let (head, tail) = vni.split_at(2); // between a letter and its mark
        let body = format!(
            "<w:p>{}{}{}{}{}</w:p>",
            run(".VnTime", &abc),
            run("VNI-Times", head),
            run("VNI-Times", tail),
            run("Times New Roman", " bảy "),
            run(".VnTimeH", &latin(&encode::tcvn3("đảng viên")))
        );
        let (text, remarks) = read(&body);
        assert_eq!(text, "Đảng bộ xã kết nạp bảy ĐẢNG VIÊN");
        assert_eq!(remarks.len(), 1, "{remarks:?}");
        // Made Unicode, its font left behind.
        assert_eq!(read(&format!("<w:p>{}</w:p>", run(".VnTime", "Đảng bộ xã"))).0, "Đảng bộ xã");
    }

    #[test]
    fn the_font_may_be_that_of_a_style() {
        let styles = "<w:styles xmlns:w=\"w\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\"/></w:rPr></w:rPrDefault></w:docDefaults>\
            <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"Head\"><w:basedOn w:val=\"Normal\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"New\"><w:basedOn w:val=\"Head\"/><w:rPr><w:rFonts w:ascii=\"Arial\"/></w:rPr></w:style></w:styles>";
        let abc = latin(&encode::tcvn3("Chi bộ"));
        let body = format!(
            "<w:p><w:r><w:t>{abc}</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Head\"/></w:pPr><w:r><w:t>{abc}</w:t></w:r></w:p>\
             <w:p><w:pPr><w:pStyle w:val=\"New\"/></w:pPr><w:r><w:t>Chi bộ</w:t></w:r></w:p>"
        );
        let bytes = archive(&[("word/document.xml", &document(&body)), ("word/styles.xml", styles)]);
        assert_eq!(text(&bytes).unwrap().0, "Chi bộ\nChi bộ\nChi bộ");
    }

    #[test]
    fn what_is_no_document_says_so() {
        let error = |bytes: &[u8]| text(bytes).unwrap_err().what;
        assert_eq!(error(&archive(&[("a.txt", "a")])), "a zip archive without a Word document in it");
        let whole = archive(&[("word/document.xml", &document("<w:p/>"))]);
        assert!(error(&whole[..whole.len() - 10]).starts_with("a broken Word document: "));
        assert!(
            error(&archive(&[("word/document.xml", "<w:document><w:p></w:document>")]))
                .starts_with("a broken Word document: word/document.xml: ")
        );
        let deep = document(&"<w:tbl><w:tr><w:tc>".repeat(50_000));
        assert_eq!(error(&archive(&[("word/document.xml", &deep)])).split(':').next(), Some("a broken Word document"));
    }
}
