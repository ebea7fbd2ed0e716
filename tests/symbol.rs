//! Symbols taken apart, and what of a text contradicts them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use bantin::{MismatchField, Symbol};

/// A symbol, the type that the text states, and what comes out: number, year, type, issuer, system, level; `-` for none.
#[rustfmt::skip]
const SYMBOLS: &[(&str, &str, &str)] = &[
    // the Party
    ("09-KL/TW", "-", "09 | - | Kết luận | Trung ương Đảng | party | central"),
    ("05-CT/TƯ", "-", "05 | - | Chỉ thị | Trung ương Đảng | party | central"),
    ("68/QĐ-TW", "-", "68 | - | Quyết định | Trung ương Đảng | party | central"),
    ("37-QĐ/TW", "Quy định", "37 | - | Quy định | Trung ương Đảng | party | central"),
    ("128-QĐ/TW", "Quyết định", "128 | - | Quyết định | Trung ương Đảng | party | central"),
    ("439-QĐNS/TW", "-", "439 | - | Quyết định | Trung ương Đảng | party | central"),
    ("36-HD/VPTW", "-", "36 | - | Hướng dẫn | Văn phòng Trung ương Đảng | party | central"),
    ("06-HD/BTCTW", "-", "06 | - | Hướng dẫn | Ban Tổ chức Trung ương | party | central"),
    ("205-QĐ/UBKTTW", "-", "205 | - | Quyết định | Ủy ban Kiểm tra Trung ương | party | central"),
    ("788-CT/QUTW", "-", "788 | - | Chỉ thị | Quân ủy Trung ương | party | central"),
    ("05-ĐA/TU", "-", "05 | - | Đề án | Tỉnh ủy hoặc Thành ủy | party | province"),
    ("214-TB/UBKTTU", "-", "214 | - | Thông báo | Ủy ban Kiểm tra Tỉnh ủy hoặc Thành ủy | party | province"),
    ("37-KH/HU", "-", "37 | - | Kế hoạch | Huyện ủy | party | district"),
    ("45–KH/QU", "-", "45 | - | Kế hoạch | Quận ủy | party | district"),
    ("12-NQ/ThU", "-", "12 | - | Nghị quyết | Thị ủy hoặc Thành ủy | party | district"),
    ("15-CTr/ĐU", "-", "15 | - | Chương trình | Đảng ủy | party | -"),
    ("03-HD/ĐUK", "-", "03 | - | Hướng dẫn | Đảng ủy Khối | party | -"),
    ("02-NQ/CB", "-", "02 | - | Nghị quyết | Chi bộ | party | unit"),
    ("77-CV/BTC", "-", "77 | - | Công văn | Ban Tổ chức | party | -"),
    ("28-CQ/TW", "-", "28 | - | - | Trung ương Đảng | party | central"),
    // laws, decrees, circulars
    ("68/2020/QH14", "Luật", "68 | 2020 | - | Quốc hội khóa XIV | state | central"),
    ("1671/NQ-UBTVQH15", "-", "1671 | - | Nghị quyết | Ủy ban Thường vụ Quốc hội khóa XV | state | central"),
    ("658/BC-UBTP14", "-", "658 | - | Báo cáo | Ủy ban Tư pháp của Quốc hội khóa XIV | state | central"),
    ("100/2019/NĐ-CP", "-", "100 | 2019 | Nghị định | Chính phủ | state | central"),
    ("02/2017/NĐ-CP", "-", "02 | 2017 | Nghị định | Chính phủ | state | central"),
    ("30a/2008/NQ-CP", "-", "30a | 2008 | Nghị quyết | Chính phủ | state | central"),
    ("78/2013/NĐCP", "-", "78 | 2013 | Nghị định | Chính phủ | state | central"),
    ("64-CP", "Nghị định", "64 | - | - | Chính phủ | state | central"),
    ("318/QĐ-TTg", "-", "318 | - | Quyết định | Thủ tướng Chính phủ | state | central"),
    ("213/QĐ-CTN", "-", "213 | - | Quyết định | Chủ tịch nước | state | central"),
    ("02/2017/TT-BYT", "-", "02 | 2017 | Thông tư | Bộ Y tế | state | central"),
    ("12/2011/TT-BGD&ĐT", "-", "12 | 2011 | Thông tư | Bộ Giáo dục và Đào tạo | state | central"),
    ("78/2021/TT-BTC", "-", "78 | 2021 | Thông tư | Bộ Tài chính | state | central"),
    ("12/2021/TTLT-BYT-BTC", "-", "12 | 2021 | Thông tư liên tịch | Bộ Y tế; Bộ Tài chính | state | central"),
    ("12/2021/TTLT-BYT-XYZ", "-", "12 | 2021 | Thông tư liên tịch | - | - | -"),
    ("02/KHLT/UBND-UBMTTQ", "-", "02 | - | Kế hoạch liên tịch | Ủy ban nhân dân; Ủy ban Mặt trận Tổ quốc | - | -"),
    // administrative documents
    ("47/BC-UBND", "-", "47 | - | Báo cáo | Ủy ban nhân dân | state | -"),
    ("86/GM-UBND", "-", "86 | - | Giấy mời | Ủy ban nhân dân | state | -"),
    ("139/QĐ-UBND", "-", "139 | - | Quyết định | Ủy ban nhân dân | state | -"),
    ("10/2016QĐ-UBND", "-", "10 | 2016 | Quyết định | Ủy ban nhân dân | state | -"),
    ("724/QĐUB", "-", "724 | - | Quyết định | Ủy ban nhân dân | state | -"),
    ("346/UB-QĐ", "-", "346 | - | Quyết định | Ủy ban nhân dân | state | -"),
    ("113/2015/NQ-HĐND", "-", "113 | 2015 | Nghị quyết | Hội đồng nhân dân | state | -"),
    ("1124/UBND-NN", "-", "1124 | - | Công văn | Ủy ban nhân dân | state | -"),
    ("2207/BTC-QLCS", "-", "2207 | - | Công văn | Bộ Tài chính | state | central"),
    ("96/BC-NNPTNT", "-", "96 | - | Báo cáo | Sở Nông nghiệp và Phát triển nông thôn hoặc Phòng Nông nghiệp và Phát triển nông thôn | state | -"),
    ("1574/QĐ-SYT", "-", "1574 | - | Quyết định | Sở Y tế | state | province"),
    ("85/PGD&ĐT-GDMN", "-", "85 | - | Công văn | Phòng Giáo dục và Đào tạo | state | district"),
    ("2087/QĐ-CAT", "-", "2087 | - | Quyết định | Công an tỉnh | state | province"),
    ("41/TB-TTr", "-", "41 | - | Thông báo | Thanh tra | state | -"),
    ("223/VP-KGVX", "-", "223 | - | Công văn | Văn phòng | - | -"),
    ("214/QĐ-XPHC", "-", "214 | - | Quyết định | - | - | -"),
    ("51/GPXD", "-", "51 | - | Giấy phép | - | - | -"),
    // one abbreviation, a type or an issuer
    ("16/CT-TTg", "-", "16 | - | Chỉ thị | Thủ tướng Chính phủ | state | central"),
    ("1234/CT-TTHT", "Công văn", "1234 | - | Công văn | Cục Thuế hoặc Chủ tịch Ủy ban nhân dân | state | -"),
    ("1234/CT-TTHT", "Chỉ thị", "1234 | - | Chỉ thị | - | - | -"),
    ("1234/CT-TTHT", "-", "1234 | - | - | - | - | -"),
    ("202/CT", "Quyết định", "202 | - | - | - | - | -"),
    ("10-TTr/BCS", "-", "10 | - | Tờ trình | Ban cán sự đảng | party | -"),
    ("33/KN-VKS", "Kháng nghị", "33 | - | Kháng nghị | Viện kiểm sát nhân dân | court | -"),
    // courts and procuracies
    ("08/2022/HS-ST", "-", "08 | 2022 | Bản án | Tòa án | court | -"),
    ("12/2006/HSST", "-", "12 | 2006 | Bản án | Tòa án | court | -"),
    ("21/2019/QĐST-HNGĐ", "-", "21 | 2019 | Quyết định | Tòa án | court | -"),
    ("03/2020/DS-GĐT", "-", "03 | 2020 | Quyết định | Tòa án | court | -"),
    ("04/2017/NQ-HĐTP", "-", "04 | 2017 | Nghị quyết | Hội đồng Thẩm phán Tòa án nhân dân tối cao | court | central"),
    ("88/VKSTC-V14", "-", "88 | - | Công văn | Viện kiểm sát nhân dân tối cao | court | central"),
    // Front, mass organizations, others
    ("55/QĐ-MTTW", "-", "55 | - | Quyết định | Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam | front | central"),
    ("6696/QĐ-TLĐ", "-", "6696 | - | Quyết định | Tổng Liên đoàn Lao động Việt Nam | mass_organization | central"),
    ("11-KH/TƯĐTN", "-", "11 | - | Kế hoạch | Trung ương Đoàn | mass_organization | central"),
    ("86-KH/TĐTN", "-", "86 | - | Kế hoạch | Tỉnh Đoàn hoặc Thành Đoàn | mass_organization | province"),
    ("19/QĐ-BV", "-", "19 | - | Quyết định | Bệnh viện | other | unit"),
    // what says little
    ("155/2016", "Nghị định", "155 | 2016 | - | - | - | -"),
    ("19/C46-P12", "Quyết định", "19 | - | - | - | - | -"),
];

#[test]
fn symbols_are_taken_apart() {
    for &(text, stated, expected) in SYMBOLS {
        let stated = (stated != "-").then_some(stated);
        let symbol = Symbol::parse(text, stated).unwrap_or_else(|| panic!("{text} is none"));
        let json = serde_json::to_value(&symbol).unwrap();
        let field = |name: &str| match &json[name] {
            serde_json::Value::Null => "-".to_owned(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let found = ["number", "year", "type", "issuer", "system", "level"].map(field).join(" | ");
        assert_eq!(found, expected, "{text} {stated:?}");
        assert_eq!(serde_json::from_value::<Symbol>(json).unwrap(), symbol);
    }
}

#[test]
fn decomposed_letters_are_read_the_same() {
    assert_eq!(Symbol::parse("05-CT/TU\u{31b}", None), Symbol::parse("05-CT/TƯ", None));
}

#[test]
fn what_is_no_symbol_is_none() {
    for text in [
        "",
        "05",
        "1702",
        "26/37",
        "1/500",
        "2020-2025",
        "12/11",
        "7391-14:2007",
        "01:2009/BYT",
        "TCVN7391",
        "QĐ-UBND",
        "12345678/QĐ-UBND",
        "12 QĐ/UBND",
        "120%",
        "/",
        "-",
        "12//",
        "một/QĐ-UBND",
        "\u{301}/QĐ",
    ] {
        assert_eq!(Symbol::parse(text, None), None, "{text}");
    }
}

/// A symbol, the type, issuer and day that a text states, and what of them contradicts it.
#[rustfmt::skip]
const STATED: &[(&str, &str, &str, &str, &[MismatchField])] = {
    use MismatchField::{Issuer, Type, Year};
    &[
        // types
        ("139/QĐ-UBND", "Nghị quyết", "-", "-", &[Type]),
        ("39-NQ/TW", "Nghị định", "-", "-", &[Type]),
        ("05-CT/TW", "Kết luận", "-", "-", &[Type]),
        ("41-CTr/HU", "Nghị quyết", "-", "-", &[Type]),
        ("100/2019/NĐ-CP", "Thông tư", "-", "-", &[Type]),
        ("12-CTr/TU", "Chương trình hành động", "-", "-", &[]),
        ("12-CTHĐ/TU", "Chương trình", "-", "-", &[]),
        ("1124/UBND-NN", "Công văn", "-", "-", &[]),
        ("1124/UBND-NN", "Văn bản", "-", "-", &[]),
        ("1124/UBND-NN", "Thông báo", "-", "-", &[]),
        ("126/BC-UBND", "Văn bản", "-", "-", &[]),
        ("01-HD/TW", "Hướng dẫn", "-", "-", &[]),
        ("13/2016/TTLT-BYT-BGDĐT", "Thông tư liên tịch", "-", "-", &[]),
        ("13/2016/TTLT-BYT-BGDĐT", "Thông tư", "-", "-", &[]),
        ("05/NQLT-CP-TLĐ", "Nghị quyết", "-", "-", &[]),
        ("68/2020/QH14", "Luật", "-", "-", &[]),
        ("36/2021/QH15", "Nghị quyết", "-", "-", &[]),
        ("43/2014/NĐ-CP", "Luật", "-", "-", &[]),
        ("64/NQ-HĐND", "Nghị quyết", "-", "-", &[]),
        ("888/QĐ-UBND", "Kế hoạch", "-", "-", &[]),
        ("47-QĐ/TW", "Quy định", "-", "-", &[]),
        ("12/QĐ-UBND", "Quy chế", "-", "-", &[]),
        ("563/QĐ-UBND", "Giấy phép", "-", "-", &[]),
        ("52/TB-VPCP", "Thông báo kết luận", "-", "-", &[]),
        ("52/TB-VPCP", "Kết luận", "-", "-", &[]),
        ("05/KL-TTr", "Kết luận thanh tra", "-", "-", &[]),
        ("08/2022/HS-ST", "Quyết định", "-", "-", &[]),
        ("202/CT", "Quyết định", "-", "-", &[]),
        ("338/TT-ĐC", "Tờ trình", "-", "-", &[]),
        // issuers
        ("100/2019/NĐ-CP", "-", "Bộ Chính trị", "-", &[Issuer]),
        ("100/2019/NĐ-CP", "-", "Quốc hội", "-", &[Issuer]),
        ("29-NQ/TW", "-", "Chính phủ", "-", &[Issuer]),
        ("33/NQ-TU", "-", "Bộ Chính trị", "-", &[Issuer]),
        ("37-KH/HU", "-", "Ban Thường vụ Tỉnh ủy", "-", &[Issuer]),
        ("64/NQ-HĐND", "-", "UBND tỉnh", "-", &[Issuer]),
        ("64/NQ-HĐND", "-", "Chủ tịch UBND tỉnh Lào Cai", "-", &[Issuer]),
        ("139/QĐ-UBND", "-", "Thường trực HĐND huyện", "-", &[Issuer]),
        ("78/2021/TT-BTC", "-", "Bộ trưởng Bộ GD&ĐT", "-", &[Issuer]),
        ("1574/QĐ-SYT", "-", "Sở Nội vụ", "-", &[Issuer]),
        ("29-NQ/TW", "-", "Bộ Chính trị", "-", &[]),
        ("29-NQ/TW", "-", "Ban Bí thư Trung ương Đảng khóa XI", "-", &[]),
        ("29-NQ/TW", "-", "Ban Chấp hành Trung ương Đảng", "-", &[]),
        ("29-NQ/TW", "-", "BCH TW Đảng", "-", &[]),
        ("29-NQ/TW", "-", "Trung ương", "-", &[]),
        ("04-NQ/TW", "-", "Hội nghị Trung ương 4 khóa XII", "-", &[]),
        ("05-CT/TW", "-", "BCT", "-", &[]),
        ("05-CT/TW", "-", "Đảng", "-", &[]),
        ("155-KH/TU", "-", "Ban Thường vụ Tỉnh uỷ", "-", &[]),
        ("155-KH/TU", "-", "Ban Chấp hành Đảng bộ tỉnh", "-", &[]),
        ("155-KH/TU", "-", "Thành ủy TP.HCM", "-", &[]),
        ("155-KH/TU", "-", "BTV Tỉnh ủy", "-", &[]),
        ("155-KH/TU", "-", "Ban Tuyên giáo Tỉnh ủy", "-", &[]),
        ("12-NQ/ThU", "-", "Thành ủy Hội An", "-", &[]),
        ("88-KH/ĐU", "-", "Đảng ủy xã Hòa Thắng", "-", &[]),
        ("318/QĐ-TTg", "-", "Thủ tướng", "-", &[]),
        ("67/2014/NĐ-CP", "-", "Thủ tướng Chính phủ", "-", &[]),
        ("861/QĐ-TTg", "-", "Chính phủ", "-", &[]),
        ("52/TB-VPCP", "-", "Phó Thủ tướng Trần Văn Bình", "-", &[]),
        ("132/NĐ-CP", "-", "Hội đồng Chính phủ", "-", &[]),
        ("12/CT-UBND", "-", "Chủ tịch UBND tỉnh", "-", &[]),
        ("144/2007/QĐ-UBND", "-", "Ủy ban nhân dân TP", "-", &[]),
        ("60/TTr-CT", "-", "UBND tỉnh", "-", &[]),
        ("1816/QĐ-BYT", "-", "Bộ trưởng Bộ Y tế", "-", &[]),
        ("13/2016/TTLT-BYT-BGDĐT", "-", "Bộ Giáo dục và Đào tạo", "-", &[]),
        ("07/2016/TT-BNNPTNT", "-", "Bộ NN&PTNT", "-", &[]),
        ("07/2016/TT-BNNPTNT", "-", "Bộ Nông nghiệp và Môi trường", "-", &[]),
        ("01/2010/TT-BKH", "-", "Bộ KH&ĐT", "-", &[]),
        ("15/2015/TT-BLĐTBXH", "-", "Bộ LĐ-TB&XH", "-", &[]),
        ("15/2015/TT-BTC", "-", "Tổng cục Thuế", "-", &[]),
        ("02/CT-NHNN", "-", "Thống đốc NHNN Việt Nam", "-", &[]),
        ("1676/NQ-UBTVQH15", "-", "UBTVQH", "-", &[]),
        ("506/BC-UBTCNS14", "-", "Ủy ban Tài chính - Ngân sách của Quốc hội", "-", &[]),
        ("03/2017/NQ-HĐTP", "-", "TAND tối cao", "-", &[]),
        ("318/QĐ-TA", "-", "Chánh án TAND tối cao", "-", &[]),
        ("49/2012/DS-PT", "-", "Tòa án nhân dân tỉnh Lạng Sơn", "-", &[]),
        ("15/QĐ-TTr", "-", "Chánh Thanh tra tỉnh", "-", &[]),
        ("6696/QĐ-TLĐ", "-", "Đoàn Chủ tịch Tổng LĐLĐ Việt Nam", "-", &[]),
        ("11-KH/TWĐTN", "-", "Ban Bí thư", "-", &[]),
        ("57/KH-ĐTN", "-", "Tỉnh đoàn", "-", &[]),
        ("06/KH-CTĐ", "-", "Hội Chữ thập đỏ tỉnh Cao Bằng", "-", &[]),
        ("223/TB-VP", "-", "UBND tỉnh", "-", &[]),
        ("2496/QĐ-XPVPHC", "-", "UBND TPHCM", "-", &[]),
        ("19/QĐ-QLKCB", "-", "Bộ Y tế", "-", &[]),
        ("45/2016/TT-BYT", "-", "ngành y tế", "-", &[]),
        // years
        ("100/2019/NĐ-CP", "-", "-", "2020-12-30", &[Year]),
        ("100/2019/NĐ-CP", "-", "-", "2019-12-30", &[]),
        ("100/2019/NĐ-CP", "-", "-", "XXXX-12-30", &[]),
        ("139/QĐ-UBND", "-", "-", "2019-12-30", &[]),
        // all at once
        ("78/2021/TT-BTC", "Nghị quyết", "HĐND tỉnh", "2022-01-05", &[Type, Issuer, Year]),
        ("78/2021/TT-BTC", "Thông tư", "Bộ Tài chính", "2021-09-17", &[]),
    ]
};

#[test]
fn only_clear_contradictions_are_told() {
    for &(text, kind, issuer, date, expected) in STATED {
        let said = |cell: &'static str| (cell != "-").then_some(cell);
        let symbol = Symbol::parse(text, said(kind)).unwrap();
        let found: Vec<MismatchField> =
            symbol.contradictions(said(kind), said(issuer), said(date)).iter().map(|mismatch| mismatch.field).collect();
        assert_eq!(found, expected, "{text}: {kind}, {issuer}, {date}; {symbol:?}");
    }
}

#[test]
fn a_mismatch_shows_both_sides() {
    let symbol = Symbol::parse("100/2019/NĐ-CP", None).unwrap();
    let found = symbol.contradictions(None, None, Some("2020-12-30"));
    assert_eq!(serde_json::to_string(&found).unwrap(), r#"[{"field":"year","stated":"2020","symbol":"2019"}]"#);
}
