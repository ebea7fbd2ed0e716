//! The closed grammar words that the rules name, interned first so that each is a constant.

use crate::lexicon::Sym;

/// A set of these words, as bits: many are asked for at every token.
pub(crate) struct WordSet([u64; 4]);

impl WordSet {
    #[allow(clippy::indexing_slicing)] // evaluated by the compiler
    pub(crate) const fn of(words: &[Sym]) -> WordSet {
        let mut bits = [0; 4];
        let mut n = 0;
        while n < words.len() {
            bits[words[n] as usize / 64] |= 1 << (words[n] % 64);
            n += 1;
        }
        WordSet(bits)
    }

    pub(crate) fn has(&self, word: Sym) -> bool {
        self.0.get(word as usize / 64).is_some_and(|block| block >> (word % 64) & 1 != 0)
    }
}

macro_rules! words {
    ($($constant:ident = $word:literal,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Nth { $($constant),* }
        $(pub(crate) const $constant: crate::lexicon::Sym = Nth::$constant as u32 + 1;)*
        /// All of them, in the order of their symbols.
        pub(crate) const ALL: &[&str] = &[$($word),*];
    };
}

words! {
    // marks
    SLASH = "/", HYPHEN = "-", COMMA = ",", DOT = ".", COLON = ":", SEMICOLON = ";", OPEN = "(", CLOSE = ")", PERCENT = "%",
    AMPERSAND = "&", PIPE = "|", QUESTION = "?", EXCLAIM = "!", UNDERSCORE = "_", EQUALS = "=",
    // words; of two that differ in marks alone one is named with a second syllable (sáng SANG, sang SANG_NAM)
    ANH = "ảnh", BA = "ba", BAN = "ban", BAI = "bài", BANG = "bằng", BON = "bốn", BO = "bộ", BTV = "btv", BUOI = "buổi", CAC = "các",
    CAP = "cấp", CHIEU = "chiều", CHIEM = "chiếm", CHO = "cho", CHU = "chủ", CHUONG = "chương", CHUC = "chức", CON = "còn", CO = "có", CO_NGUOI = "cố",
    CONG = "công", CUOI = "cuối", CUNG = "cùng", CUNG_VAY = "cũng", CUA = "của", CUONG = "cương", CU = "cử", CUU = "cựu", DANH = "danh", DUOI = "dưới",
    G = "g", GAN = "gần", GIAI = "giai", GIAY = "giây", GIAM = "giảm", GIO = "giờ", GIU = "giữ", GIUA = "giữa", GOM = "gồm", H = "h",
    HAI = "hai", HAM = "hàm", HANG = "hàng", HANH = "hành", HET = "hết", HEM = "hẻm", HIEN = "hiện", HIEU = "hiệu", HOAC = "hoặc", HOM = "hôm",
    HO = "hồ", HON = "hơn", HOC = "học", HOI = "hội", HUYEN = "huyện", KHOAN = "khoản", KHOANG = "khoảng", KHOA = "khóa", KHONG = "không",
    KHUYA = "khuya", KIEM = "kiêm", KI = "kì", KY = "kỳ", KY_TEN = "ký", LA = "là", LAM = "làm", LAN = "lần", LE = "lệ", LIEN_TUC = "liên",
    LIEN = "liền", LO = "lộ", LY = "lý", MONG = "mồng", MOI = "mỗi", MOI_MOI = "mới", MOT = "một", MUNG = "mùng", MUC = "mục", NAY = "nay",
    NAY_CHI = "này", NAM = "năm", NGAY = "ngày", NGACH = "ngách", NGO = "ngõ", NGUYEN = "nguyên", NHAN = "nhân", NHIEU = "nhiều", NHIEM = "nhiệm",
    NHUNG = "những", NIEN = "niên", NUA_THEM = "nữa", NUA = "nửa", P = "p", PHAN = "phần", PHO = "phố", PHUT = "phút",
    PHUONG = "phường", PHU = "phụ", QUA = "qua", QUAN = "quận", QUI = "quí", QUYEN = "quyền", QUY = "quý", RANG = "rạng", RUOI = "rưỡi",
    SANG_NAM = "sang", SAU = "sau", SANG = "sáng", SINH = "sinh", SO = "số", SO_SANH = "so", SUOT = "suốt", SU = "sự", TANG = "tăng", TAI = "tại",
    THANH = "thành", THANG = "tháng", THAP = "thập", THEO = "theo", THI = "thị", THOI = "thời", THUOC = "thuộc", THUONG = "thường",
    THU = "thứ", THUA = "thửa", TIENG = "tiếng", TIN = "tin", TI = "tỉ", TINH = "tỉnh", TOI_DAY = "tối", TO = "tổ", TOI = "tới", TP = "tp",
    TRACH = "trách", TRAN = "trấn", TRAM = "trăm", TREN = "trên", TRONG = "trong", TRO = "trở", TRUNG = "trúng", TRUA = "trưa",
    TRUOC = "trước", TRUC = "trực", TUAN = "tuần", TUOI = "tuổi", TUONG = "tương", TU = "từ", TUC = "tục", TY = "tỷ", UY = "ủy",
    UOC = "ước", UNG = "ứng", VA = "và", VE = "về", VI = "vị", VONG = "vòng", VOI = "với", VUA = "vừa", VU = "vụ", XA = "xã",
    DA = "đã", DANG = "đang", DAY = "đây", DAU = "đầu", DAC = "đắc", DAT = "đạt", DEM = "đêm", DEN = "đến", DE = "để", DIEU = "điều", DIEM = "điểm",
    DOAN = "đoạn", DONG = "đồng", DOI = "đối", DO = "độ", DOI_QUAN = "đội", DUONG = "đương", DUONG_PHO = "đường", DUOC = "được",
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
