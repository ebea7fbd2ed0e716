//! The text layer of a PDF.

use std::collections::{BTreeMap, BTreeSet};

use pdf_extract::{Dictionary, Document, Object, ObjectId, PlainTextOutput, output_doc_page};

use super::encoding::is_syllable;
use super::guard::guarded;
use super::{Refusal, Text};

/// The text of a document, its wrapped lines joined.
pub fn text(bytes: &[u8]) -> Result<Text, Refusal> {
    let broken =
        |what: &str| Refusal::new(format!("a broken PDF: {what}")).advise("open it in a viewer and save or print it as a PDF again");
    let load = || -> Result<Document, String> {
        let mut document = Document::load_mem(bytes).map_err(|error| error.to_string())?;
        if document.is_encrypted() {
            // Many may be read by all, with an empty password.
            document.decrypt("").map_err(|_| "locked".to_owned())?;
        }
        tame(&mut document);
        Ok(document)
    };
    let document = match guarded(load) {
        None => return Err(broken("it cannot be taken apart")),
        Some(Err(error)) if error == "locked" => return Err(Refusal::new("a PDF with a password").advise("save it without one")),
        Some(Err(error)) => return Err(broken(&error)),
        Some(Ok(document)) => document,
    };
    let mut pages = Vec::new();
    let (mut unread, mut empty) = (Vec::new(), Vec::new());
    for (number, page) in guarded(|| document.get_pages()).unwrap_or_default() {
        let read = guarded(|| {
            if !has_root(&document, page) {
                return None;
            }
            let mut text = String::new();
            output_doc_page(&document, &mut PlainTextOutput::new(&mut text), number).is_ok().then_some(text)
        });
        match read.flatten() {
            None => unread.push(number.to_string()),
            Some(text) if !text.chars().any(char::is_alphanumeric) => empty.push(number.to_string()),
            Some(text) => pages.push(text),
        }
    }
    if pages.is_empty() {
        return Err(match unread.first() {
            Some(number) => broken(&format!("page {number} cannot be read")),
            None if empty.is_empty() => broken("it has no pages"),
            None => Refusal::new("no text layer (a scan?)").advise("run OCR over it first"),
        });
    }
    let mut remarks = Vec::new();
    if !unread.is_empty() {
        remarks.push(format!("pages that could not be read: {}", unread.join(", ")));
    }
    if !empty.is_empty() {
        remarks.push(format!("pages without a text layer: {}", empty.join(", ")));
    }
    Ok((joined(&pages.join("\n\n")), remarks))
}

// ------------------------------------------------------------ what the library would fall over

/// Takes out what the library would draw without end. It draws whatever a page shows, pictures too, and follows forms into forms; a form that shows
/// itself would exhaust the stack, which nothing can catch.
fn tame(document: &mut Document) {
    const DEEPEST: usize = 16;
    let is = |object: &Object, subtype: &[u8]| {
        let subtype_of = |dictionary: &Dictionary| dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == subtype);
        object.as_stream().is_ok_and(|stream| subtype_of(&stream.dict))
    };
    // A form without resources of its own uses the page's, so there is no telling what it shows.
    let shows = |object: &Object| {
        object.as_stream().is_ok_and(|form| form.get_plain_content().is_ok_and(|content| content.windows(2).any(|two| two == b"Do")))
    };
    let mut empty: BTreeSet<ObjectId> = BTreeSet::new();
    let mut forms: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    for (&id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else { continue };
        let resources = stream.dict.get(b"Resources");
        // What says neither is drawn as a form is.
        if is(object, b"Image") || resources.is_err() && is(object, b"Form") && shows(object) {
            empty.insert(id);
        } else if resources.is_ok() {
            forms.insert(id, shown(document, &stream.dict));
        }
    }
    // Forms that show none, then those that show only such, and so on; what is left goes round in a circle.
    for _ in 0..DEEPEST {
        let ends: Vec<ObjectId> =
            forms.iter().filter(|(_, shown)| shown.iter().all(|id| !forms.contains_key(id))).map(|(&id, _)| id).collect();
        for id in &ends {
            forms.remove(id);
        }
    }
    empty.extend(forms.into_keys());
    for id in empty {
        if let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut) {
            stream.dict.remove(b"Filter");
            stream.set_content(Vec::new());
        }
    }
}

/// The objects that the resources of a form name.
fn shown(document: &Document, form: &Dictionary) -> Vec<ObjectId> {
    let inner = |dictionary: &Dictionary, key: &[u8]| {
        let value = dictionary.get(key).ok()?;
        document.dereference(value).ok()?.1.as_dict().ok().cloned()
    };
    let objects = inner(form, b"Resources").and_then(|resources| inner(&resources, b"XObject")).unwrap_or_default();
    objects.iter().filter_map(|(_, value)| document.dereference(value).ok()?.0).collect()
}

/// Whether the parents of a page end; the library asks one after another.
fn has_root(document: &Document, page: ObjectId) -> bool {
    const HIGHEST: usize = 64;
    let parent = |id: ObjectId| document.get_dictionary(id).ok()?.get(b"Parent").and_then(Object::as_reference).ok();
    std::iter::successors(Some(page), |&id| parent(id)).nth(HIGHEST).is_none()
}

// ------------------------------------------------------------ lines

/// The text with its wrapped lines joined: where a line is nearly as long as the longest ones and ends no sentence, and the next begins with a small
/// letter, the paragraph goes on.
fn joined(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(words_of).collect();
    let length = |line: &str| line.chars().count();
    let mut lengths: Vec<usize> = lines.iter().map(|line| length(line)).filter(|&length| length > 0).collect();
    lengths.sort_unstable();
    // One line may be longer by far; nine of ten are not.
    let full = (lengths.get(lengths.len() * 9 / 10).copied().unwrap_or_default() * 3 / 4).max(30);
    // Where lines stand far apart, each has an empty one behind it, and that means nothing.
    let far_apart = lines.iter().filter(|line| line.is_empty()).count() * 10 > lengths.len() * 8 && lengths.len() > 4;
    let mut out: Vec<String> = Vec::new();
    let mut last = 0;
    let mut gap = false;
    for line in lines {
        if line.is_empty() {
            gap = true;
            continue;
        }
        let long = length(&line);
        match out.last_mut() {
            Some(open) if last >= full && !open.ends_with(['.', ':', ';', '!', '?']) && line.starts_with(char::is_lowercase) => {
                open.push(' ');
                open.push_str(&line);
            }
            open => {
                let wrapped = far_apart && last >= full;
                if gap && !wrapped && open.is_some() {
                    out.push(String::new());
                }
                out.push(line);
            }
        }
        (last, gap) = (long, false);
    }
    out.join("\n")
}

/// The words of a line, parted by one blank each; justified lines have several. The letters with a horn are wider than the library thinks, so that it
/// sees a blank behind them: *chứ c* is *chức*, which no consonant alone can be.
fn words_of(line: &str) -> String {
    let mut out = String::new();
    for word in line.split_whitespace() {
        let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        let coda = word.get(..end).unwrap_or_default();
        let split = matches!(&*coda.to_lowercase(), "c" | "m" | "n" | "ng" | "t") && out.ends_with(|c| "ưừứửữựƯỪỨỬỮỰ".contains(c)) && {
            let before = out.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            is_syllable(&format!("{before}{coda}"))
        };
        if !split && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// A PDF of these objects, numbered from 1; the first is the catalog.
    fn document(objects: &[String]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.5\n".to_vec();
        let mut table = String::new();
        for (n, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n \n", bytes.len());
            bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
        }
        let (start, size) = (bytes.len(), objects.len() + 1);
        bytes.extend(
            format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
                .bytes(),
        );
        bytes
    }

    fn stream(dictionary: &str, content: &str) -> String {
        format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
    }

    /// A PDF of a page a list, a line of text an item, in a font whose codes are those of Unicode.
    fn pages(pages: &[&[&str]]) -> Vec<u8> {
        let to_unicode = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n\
            1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end";
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            String::new(),
            "<< /Type /Font /Subtype /Type0 /BaseFont /U /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>".to_owned(),
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /U /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 5 0 R >>".to_owned(),
            "<< /Type /FontDescriptor /FontName /U /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>".to_owned(),
            stream("", to_unicode),
        ];
        let mut kids = String::new();
        for lines in pages {
            let mut content = String::new();
            for (n, line) in lines.iter().enumerate() {
                let hex: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
                content += &format!("BT /F 12 Tf 1 0 0 1 50 {} Tm <{hex}> Tj ET\n", 780 - 14 * n);
            }
            objects.push(stream("", &content));
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
                objects.len()
            ));
            kids += &format!("{} 0 R ", objects.len());
        }
        objects[1] = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len());
        document(&objects)
    }

    #[test]
    fn wrapped_lines_are_joined_and_others_are_not() {
        let page = [
            "Chi bộ thôn Đông họp tháng mười",
            "Chiều 3/10, chi bộ thôn Đông họp, bàn việc làm đường và thu quỹ của hai mươi",
            "hộ dân; đồng chí Bùi Văn Tám, Bí thư chi bộ, chủ trì, cùng dự có đại diện của",
            "Mặt trận.",
            "có một dòng viết thường sau câu đã hết",
        ];
        let expected = format!("{}\n{} {}\n{}\n{}", page[0], page[1], page[2], page[3], page[4]);
        assert_eq!(text(&pages(&[&page])).unwrap(), (expected, Vec::new()));
    }

    #[test]
    fn a_page_without_text_is_told() {
        let (read, remarks) = text(&pages(&[&["Chi bộ họp."], &[]])).unwrap();
        assert_eq!((read.as_str(), remarks), ("Chi bộ họp.", vec!["pages without a text layer: 2".to_owned()]));
        let scan = text(&pages(&[&[], &[]])).unwrap_err();
        assert_eq!((scan.what.as_str(), scan.advice), ("no text layer (a scan?)", Some("run OCR over it first")));
    }

    #[test]
    fn a_broken_document_is_an_error() {
        let whole = pages(&[&["Chi bộ họp."]]);
        let error = |bytes: &[u8]| text(bytes).unwrap_err().what;
        assert!(error(b"%PDF-1.5 and nothing").starts_with("a broken PDF: "));
        assert!(error(&whole[..whole.len() / 2]).starts_with("a broken PDF: "));
        // No size of the page: the library panics.
        let page = "<< /Type /Page /Parent 2 0 R >>".to_owned();
        let sizeless =
            document(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(), page]);
        assert_eq!(error(&sizeless), "a broken PDF: page 1 cannot be read");
        for cut in (0..whole.len()).step_by(61) {
            let mut bytes = whole.clone();
            bytes[cut] ^= 0x15;
            let _ = text(&bytes);
        }
    }

    #[test]
    fn words_torn_at_a_horn_are_whole() {
        assert_eq!(
            words_of("tổ  chứ c xây dự ng, lự c lượng;  sự  nghiệp thứ n, CHỨ C"),
            "tổ chức xây dựng, lực lượng; sự nghiệp thứn, CHỨC"
        );
        assert_eq!(words_of("điểm c, khoản 2, dài 5 m, thư c"), "điểm c, khoản 2, dài 5 m, thư c");
    }

    #[test]
    fn lines_far_apart_are_wrapped_lines_too() {
        let line = "Chi bộ thôn Đông họp, bàn việc làm đường và thu quỹ của hai mươi";
        let apart = format!(
            "{line}\n\nhộ dân ở xóm, cùng dự có các đồng chí là ủy viên của Ủy ban\n\nMặt trận.\n\nHết.\n\nNgười viết\n\nBùi Văn Tám\n"
        );
        assert_eq!(
            joined(&apart),
            format!("{line} hộ dân ở xóm, cùng dự có các đồng chí là ủy viên của Ủy ban\nMặt trận.\n\nHết.\n\nNgười viết\n\nBùi Văn Tám")
        );
    }

    #[test]
    fn circles_end() {
        let page = |resources: &str| {
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /XObject << /X {resources} >> >> >>"
            )
        };
        let around = |form: String, other: String| {
            let kids = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned();
            text(&document(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), kids, page("4 0 R"), form, stream("", "/X Do"), other]))
                .unwrap_err()
                .what
        };
        let form = |shown: usize| stream(&format!("/Type /XObject /Subtype /Form /Resources << /XObject << /X {shown} 0 R >> >>"), "/X Do");
        assert_eq!(around(form(4), String::new()), "no text layer (a scan?)", "a form that shows itself");
        assert_eq!(around(form(6), form(4)), "no text layer (a scan?)", "two that show each other");
        let bare = stream("/Type /XObject /Subtype /Form", "/X Do");
        assert_eq!(around(bare, String::new()), "no text layer (a scan?)", "a form with the resources of the page");
        assert_eq!(
            around(stream("/Subtype /Image", "(\u{1}<<[ Tj Do"), String::new()),
            "no text layer (a scan?)",
            "a picture is not drawn"
        );

        let own_parent = "<< /Type /Pages /Count 1 /Kids [3 0 R] /Parent 2 0 R >>".to_owned();
        let sizeless = "<< /Type /Page /Parent 2 0 R >>".to_owned();
        let error = text(&document(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), own_parent, sizeless])).unwrap_err().what;
        assert_eq!(error, "a broken PDF: page 1 cannot be read");
    }
}
