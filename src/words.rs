//! The closed grammar words that the rules name, interned first so that each is a constant.

macro_rules! words {
    ($($constant:ident = $word:literal,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Nth { $($constant),* }
        $(#[allow(dead_code)] pub(crate) const $constant: crate::lexicon::Sym = Nth::$constant as u32 + 1;)*
        /// All of them, in the order of their symbols.
        pub(crate) const ALL: &[&str] = &[$($word),*];
    };
}

words! {
    // punctuation
    SLASH = "/", HYPHEN = "-", COMMA = ",", DOT = ".", COLON = ":", SEMICOLON = ";", OPEN = "(", CLOSE = ")", OPEN_SQUARE = "[", CLOSE_SQUARE = "]",
    PERCENT = "%", QUOTE = "\"", APOSTROPHE = "'", AMPERSAND = "&", PIPE = "|", PLUS = "+", BULLET = "•", STAR = "*", DOLLAR = "$", EURO = "€",
    QUESTION = "?", EXCLAIM = "!", ELLIPSIS = "…", UNDERSCORE = "_", AT = "@", HASH = "#", EQUALS = "=",
    // dates
    NGAY = "ngày", THANG = "tháng", NAM = "năm", QUY = "quý", TUAN = "tuần", GIO = "giờ", PHUT = "phút", GIAY = "giây", TIENG = "tiếng", HOM = "hôm",
    H = "h", G = "g", P = "p", NHIEM = "nhiệm", KY = "kỳ", KI = "kì", GIAI = "giai", DOAN = "đoạn", HOC = "học", NIEN = "niên", KHOA = "khóa",
    DAU = "đầu", CUOI = "cuối", GIUA = "giữa", TRUOC = "trước", SAU = "sau", HET = "hết", DEN = "đến", TU = "từ", TOI = "tới", QUA = "qua", VUA = "vừa",
    NAY = "nay", CUNG = "cùng", RANG = "rạng", SANG = "sáng", TRUA = "trưa", CHIEU = "chiều", BUOI = "buổi", DEM = "đêm", KHUYA = "khuya",
    THU = "thứ", LIEN = "liền", NUA = "nửa", NHUNG = "những", THAP = "thập", KE = "kế", THE = "thế", MONG = "mồng", MUNG = "mùng", RAM = "rằm",
    TRONG = "trong", GAN = "gần", HON = "hơn", TREN = "trên", KHOANG = "khoảng", UOC = "ước", DUOI = "dưới", NGOAI = "ngoái", NGOAI_CAT = "ngoài", NOI = "nội", VONG = "vòng",
    AM = "âm", LICH = "lịch", SINH = "sinh", TUOI = "tuổi", LAN = "lần", KIA = "kia", MAI = "mai", NGAY_GAP = "ngay",
    THU_TINH = "thu", HE = "hè", XUAN = "xuân", DONG_MUA = "đông", VU = "vụ", MUA = "mùa", TET = "tết",
    TOI_DAY = "tối", CHU = "chủ", SUOT = "suốt", SANG_NAM = "sang", NHIEU = "nhiều", HO = "hồ", NUA_THEM = "nữa", LIEN_TUC = "liên", TUC = "tục", DAY = "đây", DE = "để", SU = "sự", DOI_QUAN = "đội", LY = "lý", GOM = "gồm", CUONG = "cương", VI = "vị", PHU = "phụ", TRACH = "trách", HOI = "hội",
    // small grammar
    VA = "và", CUA = "của", CAC = "các", LA = "là", DO_AI = "do", TAI = "tại", O = "ở", CHO = "cho", VOI = "với", DOI = "đối", HAI = "hai", BA = "ba", BON = "bốn",
    CO = "có", DUOC = "được", LAM = "làm", GIU = "giữ", CHUC = "chức", DANH = "danh", BAU = "bầu", CU = "cử", DAC = "đắc", TRUNG = "trúng", TAI_LAI = "tái",
    KIEM = "kiêm", DONG_THOI = "đồng", THOI = "thời", NGUYEN = "nguyên", CUU = "cựu", QUYEN = "quyền", Q = "q", HIEN = "hiện", BO = "bổ", PHAN = "phân", CONG = "công",
    THEO = "theo", VE = "về", SO = "số", SO_DAU = "sổ", HIEU = "hiệu", KY_TEN = "ký", BAN = "ban", HANH = "hành", BOI = "bởi", HOAC = "hoặc", HAY = "hay", CON = "còn",
    DIEU = "điều", KHOAN = "khoản", DIEM = "điểm", MUC = "mục", CHUONG = "chương", PHAN_TRAM = "phần", TRAM = "trăm", MOI = "mỗi", MOT = "một",
    DAT = "đạt", BANG = "bằng", CHIEM = "chiếm", TUONG = "tương", DUONG = "đương", TANG = "tăng", GIAM = "giảm", TY = "tỷ", TI = "tỉ", LE = "lệ", TRIEU = "triệu",
    NGHIN = "nghìn", NGAN = "ngàn", VAN = "vạn", RUOI = "rưỡi", CHUC_MUOI = "chục", DONG = "đồng", NHA = "nhà", DUONG_PHO = "đường", PHO = "phố", NGO = "ngõ",
    NGACH = "ngách", HEM = "hẻm", THUA = "thửa", TO = "tổ", BIEN = "biển", KIEM_SOAT = "kiểm", SOAT = "soát", DIEN = "điện", THOAI = "thoại", DT = "đt",
    DO = "độ", C = "c", KHONG = "không", VIET = "việt", TINH = "tỉnh", HUYEN = "huyện", XA = "xã", PHUONG = "phường", QUAN = "quận", THI = "thị", TRAN = "trấn",
    THANH = "thành", TP = "tp", TX = "tx", THON = "thôn", BAN_LANG = "bản", AP = "ấp", BUON = "buôn", DAC_BIET = "đặc", KHU = "khu", XOM = "xóm", LANG = "làng",
    UBND = "ubnd", HDND = "hđnd", TRUONG = "trưởng", CHANH = "chánh", PHO_TRUONG = "phó", TRUNG_UONG = "trung", UONG = "ương", DANG = "đảng", UY = "ủy", VIEN = "viên",
    BCH = "bch", BTV = "btv", THUONG = "thường", CHAP = "chấp", ONG = "ông", BA_CU = "bà", CHI = "chí", TU_TUONG = "tư", TUONG_NIEM = "tưởng",
    PHONG = "phong", CACH = "cách", DAO = "đạo", DUC = "đức", ANH = "ảnh", TIN = "tin", BAI = "bài", NGUON = "nguồn", CAP = "cấp", HANG = "hàng", NHAN = "nhân", DANG_MANG = "mang",
    CUM = "cụm", TEN = "tên", LUAT = "luật", BO_LUAT = "bộ", KHAC = "khác", NHU = "như", MOI_MOI = "mới", TRO = "trở", XUONG = "xuống", LEN = "lên", NOI_CHUYEN = "nói",
    QUOC = "quốc", LO = "lộ", MAN = "mạn", DAN = "dân", GM = "gm", BC = "bc", TT = "tt", THAY = "thay", MAT = "mặt", TUNG = "từng", DA = "đã", SE = "sẽ", NGUOI = "người",
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_word_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for word in super::ALL {
            assert!(seen.insert(crate::token::fold(word)), "{word:?} stands twice");
        }
    }
}
