//! `bantin check`

use std::io::{self, BufWriter, Write, stdout};

use bantin::{Bulletin, MismatchField, Span};
use serde::Serialize;

use super::{enough, failed};
use crate::args::{Check, Common};
use crate::config::Config;
use crate::error::Error;
use crate::output::{Read, plain};
use crate::run::{Consumer, Run};

/// Prints what does not agree; `false` where there is something, or an input failed.
pub fn run(arguments: &Check, config: &Config, common: &Common) -> Result<bool, Error> {
    let run = Run::new(config, &arguments.reading, &bantin::Kind::ALL, None, common)?;
    let mut printer = Printer { out: BufWriter::new(stdout()), json: arguments.json, found: false };
    let done = run.each(&mut printer).and_then(|summary| {
        enough(printer.out.flush())?;
        Ok(summary.complete() && !printer.found)
    });
    Ok(done.unwrap_or_else(|error| failed(&error)))
}

/// Something in a bulletin that does not agree with something else in it.
#[derive(Debug, PartialEq, Serialize)]
struct Finding {
    source: String,
    /// Line and column count from 1; the column counts characters.
    line: usize,
    column: usize,
    /// Bytes of the text.
    span: Span,
    text: String,
    what: String,
}

/// All that does not agree in a bulletin, in the order of the text.
fn findings(text: &str, bulletin: &Bulletin) -> Vec<Finding> {
    let mut found: Vec<(Span, &str, String)> = Vec::new();
    for ratio in bulletin.ratios.iter().filter(|ratio| ratio.consistent == Some(false)) {
        found.push((
            ratio.span,
            &ratio.text,
            disagreement(Some(ratio.numerator), Some(ratio.denominator), ratio.percent, ratio.computed_percent),
        ));
    }
    for indicator in bulletin.indicators.iter().filter(|indicator| indicator.consistent == Some(false)) {
        // A ratio that the indicator is made of says it already. (Ratios stand in the order of the text.)
        let first = bulletin.ratios.partition_point(|ratio| ratio.span.start < indicator.span.start);
        let mut inside = bulletin.ratios.iter().skip(first).take_while(|ratio| ratio.span.end <= indicator.span.end);
        if !inside.any(|ratio| ratio.consistent == Some(false)) {
            let what = disagreement(indicator.actual, indicator.target, indicator.percent, indicator.computed_percent);
            found.push((indicator.span, &indicator.text, what));
        }
    }
    for document in &bulletin.documents {
        for mismatch in &document.contradictions {
            let field = match mismatch.field {
                MismatchField::Type => "the type",
                MismatchField::Issuer => "the issuer",
                MismatchField::Year => "the year",
                _ => "something",
            };
            found.push((
                document.span,
                &document.text,
                format!("{field} is {} in the text, {} by the symbol", mismatch.stated, mismatch.symbol),
            ));
        }
    }
    found.sort_by_key(|(span, ..)| (span.start, span.end));
    let (mut line, mut column, mut at) = (1, 1, 0);
    let mut findings = Vec::new();
    for (span, mention, what) in found {
        let between = text.get(at..span.start).unwrap_or("");
        if let Some((lines, begun)) = between.rsplit_once('\n') {
            line += lines.matches('\n').count() + 1;
            column = begun.chars().count() + 1;
        } else {
            column += between.chars().count();
        }
        at = span.start;
        let source = bulletin.source.clone().unwrap_or_default();
        findings.push(Finding { source, line, column, span, text: mention.to_owned(), what });
    }
    findings
}

/// *9 of 6 is 150 %, the text says 130 %*
fn disagreement(actual: Option<f64>, target: Option<f64>, stated: Option<f64>, computed: Option<f64>) -> String {
    match (actual, target, stated, computed) {
        (Some(actual), Some(target), Some(stated), Some(computed)) => {
            format!("{actual} of {target} is {computed} %, the text says {stated} %")
        }
        (Some(actual), Some(target), ..) => format!("{actual} of {target}: a part is more than its whole"),
        (_, _, Some(stated), Some(computed)) => format!("the figures give {computed} %, the text says {stated} %"),
        _ => "the figures do not agree".to_owned(),
    }
}

struct Printer<W> {
    out: W,
    json: bool,
    found: bool,
}

impl<W: Write + Sync> Printer<W> {
    fn print(&mut self, finding: &Finding) -> io::Result<()> {
        if self.json {
            serde_json::to_writer(&mut self.out, finding)?;
            return self.out.write_all(b"\n");
        }
        let (source, what, text) = (plain(&finding.source), plain(&finding.what), plain(&finding.text));
        writeln!(self.out, "{source}:{}:{}: {what} («{text}»)", finding.line, finding.column)
    }
}

impl<W: Write + Sync> Consumer for Printer<W> {
    type Made = Vec<Finding>;

    fn make(&self, read: Read) -> Vec<Finding> {
        findings(&read.input.text, &read.bulletin)
    }

    fn take(&mut self, findings: Vec<Finding>) -> Result<(), Error> {
        self.found |= !findings.is_empty();
        enough(findings.iter().try_for_each(|finding| self.print(finding)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use bantin::Extractor;

    use super::*;

    #[test]
    fn what_does_not_agree_is_found_with_its_line_and_column() {
        let text = "Xã báo cáo.\n\nĐảng ủy xã kết nạp 9/6 đảng viên mới, bằng 130% kế hoạch; thực hiện Nghị định 100/2019/NĐ-CP ngày 30/12/2020 của Chính phủ.";
        let found = findings(text, &Extractor::new().extract(text));
        let told: Vec<_> = found.iter().map(|finding| (finding.line, finding.column, finding.what.as_str())).collect();
        assert_eq!(told[0], (3, 20, "9 of 6 is 150 %, the text says 130 %"));
        assert_eq!(told[1].2, "the year is 2020 in the text, 2019 by the symbol");
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn figures_that_agree_give_nothing() {
        let text = "Đảng ủy xã kết nạp 9/6 đảng viên mới, bằng 150% kế hoạch.";
        assert_eq!(findings(text, &Extractor::new().extract(text)), []);
    }
}
