//! What the page says in Vietnamese: numbers, days, and the members of closed sets.

use bantin::{
    AdministrativeLevel, Change, DateKind, InferredFrom, InferredName, IssuerSystem, MismatchField, OrganizationKind, PartOfDay,
    PlaceLevel, TitleKind,
};

/// The kinds of marks, in the order of the legend: the class in the page and the word for the reader.
pub const KINDS: [(&str, &str); 13] = [
    ("person", "Người"),
    ("title", "Chức vụ"),
    ("organization", "Tổ chức"),
    ("place", "Địa danh"),
    ("date", "Thời gian"),
    ("document", "Văn bản"),
    ("ratio", "Tỷ số"),
    ("percent", "Phần trăm"),
    ("quantity", "Số lượng"),
    ("money", "Số tiền"),
    ("indicator", "Số liệu so sánh"),
    ("quote", "Trích dẫn"),
    ("reference", "Nhắc lại"),
];

/// A number as Vietnamese writes it: `1.234,5`; at most two decimals.
pub fn number(value: f64) -> String {
    let plain = format!("{:.2}", value.abs());
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    if value < 0.0 {
        out.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    let decimals = decimals.trim_end_matches('0');
    if !decimals.is_empty() {
        out.push(',');
        out.push_str(decimals);
    }
    out
}

/// `79,4%`
pub fn percent(value: f64) -> String {
    format!("{}%", number(value))
}

/// One number, or the two bounds of a range.
pub fn range(value: f64, upper: Option<f64>) -> String {
    upper.map_or_else(|| number(value), |upper| format!("{} – {}", number(value), number(upper)))
}

/// A value of TIMEX3 for the eye: `2021-11-12` is 12/11/2021, `2021-Q4` quý IV/2021. What it does not know stays as it is.
pub fn day(value: &str) -> String {
    if let Some((from, to)) = value.split_once('/') {
        return format!("{} – {}", day(from), day(to));
    }
    if let Some((date, time)) = value.split_once('T') {
        return if date.is_empty() { time.to_owned() } else { format!("{time} ngày {}", day(date)) };
    }
    let year = |year: &str| if year == "XXXX" { String::new() } else { format!("/{year}") };
    match value.split('-').collect::<Vec<_>>().as_slice() {
        [of, month, day] => format!("{day}/{month}{}", year(of)),
        [of, "Q1"] => format!("quý I{}", year(of)),
        [of, "Q2"] => format!("quý II{}", year(of)),
        [of, "Q3"] => format!("quý III{}", year(of)),
        [of, "Q4"] => format!("quý IV{}", year(of)),
        [of, "H1"] => format!("6 tháng đầu năm{}", year(of).replace('/', " ")),
        [of, "H2"] => format!("6 tháng cuối năm{}", year(of).replace('/', " ")),
        [of, month] if month.len() == 2 => format!("tháng {month}{}", year(of)),
        [of] if of.len() == 4 && of.bytes().all(|b| b.is_ascii_digit()) => format!("năm {of}"),
        _ => value.to_owned(),
    }
}

/// The percentage as stated: of the basis, or the growth.
pub fn change(change: Option<Change>) -> &'static str {
    match change {
        Some(Change::Increase) => "tăng ",
        Some(Change::Decrease) => "giảm ",
        _ => "",
    }
}

/// The sort of a title.
pub fn title_kind(kind: TitleKind) -> &'static str {
    match kind {
        TitleKind::Membership => "thành viên",
        TitleKind::Rank => "cấp bậc",
        TitleKind::Degree => "học vị, nghề",
        TitleKind::Honour => "danh hiệu",
        _ => "chức vụ",
    }
}

/// The branch of a body.
pub fn branch(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::Party => "Đảng",
        OrganizationKind::Government => "chính quyền",
        OrganizationKind::Legislature => "Quốc hội, HĐND",
        OrganizationKind::Court => "tòa án",
        OrganizationKind::Procuracy => "viện kiểm sát",
        OrganizationKind::Army => "quân đội",
        OrganizationKind::Police => "công an",
        OrganizationKind::Front => "Mặt trận Tổ quốc",
        OrganizationKind::MassOrganization => "đoàn thể",
        OrganizationKind::Enterprise => "doanh nghiệp",
        OrganizationKind::Education => "giáo dục",
        OrganizationKind::Health => "y tế",
        OrganizationKind::Religion => "tôn giáo",
        OrganizationKind::Media => "báo chí",
        OrganizationKind::Foreign => "nước ngoài",
        _ => "khác",
    }
}

/// The level of a body or of what a symbol tells.
pub fn level(level: AdministrativeLevel) -> &'static str {
    match level {
        AdministrativeLevel::Central => "trung ương",
        AdministrativeLevel::Province => "tỉnh",
        AdministrativeLevel::District => "huyện",
        AdministrativeLevel::Commune => "xã",
        _ => "đơn vị",
    }
}

/// The system of an issuer.
pub fn system(system: IssuerSystem) -> &'static str {
    match system {
        IssuerSystem::Party => "Đảng",
        IssuerSystem::State => "Nhà nước",
        IssuerSystem::Front => "Mặt trận",
        IssuerSystem::MassOrganization => "đoàn thể",
        IssuerSystem::Court => "tòa án, viện kiểm sát",
        _ => "khác",
    }
}

/// The level of a place.
pub fn place(level: PlaceLevel) -> &'static str {
    match level {
        PlaceLevel::Country => "quốc gia",
        PlaceLevel::Region => "vùng",
        PlaceLevel::Province => "tỉnh, thành phố",
        PlaceLevel::District => "quận, huyện",
        PlaceLevel::Commune => "xã, phường",
        PlaceLevel::Hamlet => "thôn, tổ dân phố",
        PlaceLevel::Street => "đường phố",
        PlaceLevel::Natural => "sông, núi, biển, đảo",
        _ => "khác",
    }
}

/// The grain of a time.
pub fn date_kind(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Time => "giờ",
        DateKind::Day => "ngày",
        DateKind::Month => "tháng",
        DateKind::Quarter => "quý",
        DateKind::Half => "nửa năm",
        DateKind::Year => "năm",
        DateKind::Decade => "thập niên",
        DateKind::Interval => "khoảng thời gian",
        _ => "độ dài thời gian",
    }
}

/// The part of a day.
pub fn part_of_day(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Morning => "sáng",
        PartOfDay::Noon => "trưa",
        PartOfDay::Afternoon => "chiều",
        PartOfDay::Evening => "tối",
        _ => "đêm",
    }
}

/// From what a day is known that is not written.
pub fn inferred_from(from: InferredFrom) -> &'static str {
    match from {
        InferredFrom::ReferenceDate => "theo ngày do người dùng cho",
        InferredFrom::PublicationLine => "theo dòng ngày đăng",
        InferredFrom::FirstFullDate => "theo ngày đầy đủ đầu tiên trong bài",
        _ => "theo kỳ báo cáo",
    }
}

/// From what a full name is known that is not written.
pub fn inferred_name(from: InferredName) -> &'static str {
    match from {
        InferredName::Place => "thêm địa danh của bản tin",
        _ => "theo tên dài hơn trong bản tin",
    }
}

/// What of a document disagrees.
pub fn mismatch(field: MismatchField) -> &'static str {
    match field {
        MismatchField::Type => "loại",
        MismatchField::Issuer => "nơi ban hành",
        _ => "năm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_read_as_in_vietnamese() {
        assert_eq!([number(1_234_567.5), number(140.0), number(79.39), number(-3.1)], ["1.234.567,5", "140", "79,39", "−3,1"]);
        assert_eq!(range(5.0, Some(7.0)), "5 – 7");
        let days = ["2021-11-12", "XXXX-10-13", "2021-Q4", "2022-H1", "2021-11", "2021", "2020/2025", "2022-07-08T08:15", "P3M"].map(day);
        let wanted = [
            "12/11/2021",
            "13/10",
            "quý IV/2021",
            "6 tháng đầu năm 2022",
            "tháng 11/2021",
            "năm 2021",
            "năm 2020 – năm 2025",
            "08:15 ngày 08/07/2022",
            "P3M",
        ];
        assert_eq!(days, wanted);
    }
}
