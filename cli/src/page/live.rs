//! The page of `bantin serve`: a place to paste or drop a bulletin, and below it what was found.

use maud::{Markup, html};

use super::{document, policy};

/// A bulletin of our own, for a first look; one of its figures does not add up.
const SAMPLE: &str = include_str!("sample.txt");

/// The largest text, in bytes, that the page shows with its marks: many times any bulletin.
pub const LARGEST: usize = 1_000_000;

/// The page, which sends texts to where it came from.
pub fn live() -> String {
    let body: Markup = html! {
        header.top {
            h1 { "bantin" }
            p { "Dán một bản tin để thấy ai giữ chức gì, ở đâu, khi nào, và số liệu nào không khớp. Văn bản chỉ được đọc trên máy này." }
        }
        main #live data-largest=(LARGEST) {
            form.paste {
                label for="input" { "Bản tin" }
                textarea #input rows="9" spellcheck="false" placeholder="Dán văn bản, hoặc thả tệp .txt, .html vào đây" {}
                p.buttons {
                    button.main type="submit" { "Đọc" }
                    button #try type="button" { "Dùng thử" }
                    label.file { input #file type="file" accept=".txt,.html,.htm,.md,text/*"; span { "Chọn tệp" } }
                    a #save hidden { "Tải báo cáo về" }
                    noscript { "Trang này cần JavaScript; " code { "bantin report" } " thì không." }
                }
                p #state role="status" {}
            }
            div #result {}
            pre #sample hidden { (SAMPLE) }
        }
    };
    document("bantin", &policy("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; connect-src 'self'"), &body)
}
