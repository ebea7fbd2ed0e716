//! The words that the rules name, interned first so that each is a constant: a rule compares numbers, not strings.
//!
//! A constant is called as its word is written; what Rust keeps for itself has a line behind it (`do_`). Marks have names.
#![allow(non_upper_case_globals)]

use crate::lexicon::Sym;

/// As many bits as there are words.
const BLOCKS: usize = ALL.len() / 64 + 1;

/// A set of these words, as bits: many are asked for at every token.
pub(crate) struct WordSet([u64; BLOCKS]);

impl WordSet {
    #[allow(clippy::indexing_slicing)] // evaluated by the compiler
    pub(crate) const fn of(words: &[Sym]) -> WordSet {
        let mut bits = [0; BLOCKS];
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
    ({ $($mark:ident = $written:literal,)* } { $($kept:ident = $word:literal,)* } { $($constant:ident,)* }) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Nth { $($mark,)* $($kept,)* $($constant),* }
        $(pub(crate) const $mark: Sym = Nth::$mark as Sym + 1;)*
        $(pub(crate) const $kept: Sym = Nth::$kept as Sym + 1;)*
        $(pub(crate) const $constant: Sym = Nth::$constant as Sym + 1;)*
        /// All of them, in the order of their symbols.
        pub(crate) const ALL: &[&str] = &[$($written,)* $($word,)* $(stringify!($constant)),*];
    };
}

words! {
    // marks
    {
    SLASH = "/", HYPHEN = "-", COMMA = ",", DOT = ".", COLON = ":", SEMICOLON = ";", OPEN = "(",
    CLOSE = ")", PERCENT = "%", AMPERSAND = "&", PIPE = "|", QUESTION = "?", EXCLAIM = "!", UNDERSCORE = "_",
    EQUALS = "=",
    }
    // words that are Rust’s, too
    {
    do_ = "do", in_ = "in",
    }
    {
        al, an, anh, ba, ban, bao, bch, bcđ, bin, binh, biên, biến, biết, biển, biểu, btv, buôn, buổi, bà, bài, bàn, bào, bác, bán, báo,
        bãi, bên, bình, bản, bảy, bấy, bầu, bậc, bắc, bắt, bằng, bế, bệnh, bị, bỏ, bố, bốn, bổ, bổng, bộ, bởi, cao, cha, chi, chia, chiếm,
        chiến, chiết, chiều, cho, chuyên, chuyển, chuẩn, chào, cháu, châm, chí, chín, chúa, chúc, chúng, chưa, chương, chạp, chấp, chỉ, chị,
        chồng, chủ, chức, chứng, chữ, click, com, con, cuối, cuốn, cuộc, các, cách, cán, cáo, câu, còn, có, cô, công, cùng, cúp, căn, cũng,
        cơ, cương, cường, cạnh, cả, cảnh, cấp, cấu, cần, cầu, cập, cắt, cỏ, cố, cổng, cộng, cỡ, cụ, cục, cụm, của, cứ, cử, cựu, da, danh,
        de, del, den, der, di, diễn, diện, doanh, dos, dung, duy, dài, dân, dòng, dõi, dù, dùng, dương, dưới, dạ, dịch, dịp, dự, el, em, g,
        gia, giai, gian, giao, giá, giám, giáo, giây, giêng, giả, giải, giảm, giảng, giấy, giờ, giữ, giữa, gây, gần, gặp, gọi, gồm, gỡ, gửi,
        h, hai, hay, hcm, heo, hiện, hiệp, hiệu, hoa, hoàn, hoàng, hoạch, hoạt, hoặc, http, https, huy, huyện, huấn, hà, hàm, hàng, hành,
        hát, hãng, hè, hình, hóa, hôm, hđnd, hơn, hương, hướng, hưởng, hạn, hạng, hải, hẻm, hết, họ, học, họp, hỏi, hồ, hồi, hỗ, hội, hợp,
        ibn, kh, khai, khen, khi, khiến, khmer, kho, khoa, khoản, khoảng, khu, khuya, khách, khánh, khóa, không, khấu, khẩn, khẩu, khối,
        khởi, kia, kiêm, kiến, kiểm, kéo, kênh, kêu, kì, kính, ký, kế, kết, kể, kịch, kỳ, kỷ, lao, linh, liên, liền, liệt, loạt, luân, luận,
        luật, là, làm, làng, lái, lãm, lãnh, lên, lô, lúa, lúc, lý, lăng, lưu, lượng, lượt, lạc, lại, lấy, lần, lập, lẻ, lễ, lệ, lịch, lộ,
        lớn, lớp, lời, lợn, lực, mang, minh, miền, miễn, mttq, mua, muối, mà, mô, môi, môn, mùa, mùng, mũi, mưu, mươi, mười, mạc, mạnh, mất,
        mấy, mật, mắt, mặc, mặt, mẹ, mệnh, mọi, mồng, mỗi, một, mới, mời, mở, mục, mức, mừng, nam, nay, net, ngay, nghe, nghiệp, nghèo,
        nghĩa, nghị, ngoài, ngoái, nguyên, nguôn, nguồn, ngành, ngày, ngách, ngân, ngõ, người, ngắn, ngỏ, nha, nhiên, nhiều, nhiệm, nhiệt,
        nhu, nhà, nhánh, nhân, nhóm, như, nhưng, nhạc, nhất, nhận, nhập, nhật, nhằm, nhịp, nhờ, những, niên, niệm, này, nên, nêu, nói, nông,
        núi, năm, năng, nước, nếu, nỗ, nội, nửa, nữ, nữa, org, p, phim, phiên, phong, pháp, phát, phân, phê, phía, phòng, phút, phương,
        phường, phạm, phạt, phải, phản, phấn, phần, phẩm, phận, phố, phối, phụ, phục, q, qua, quan, quay, quy, quyết, quyền, quá, quán,
        quân, quãng, quí, quý, quả, quản, quảng, quận, quốc, quỹ, ra, riêng, ruộng, rưỡi, rạch, rạng, rằng, rồi, rủ, sang, sau, sinh, so,
        song, suất, suốt, sách, sáng, sát, sáu, sĩ, sơ, sơn, sư, sắt, sẻ, sẽ, số, sở, sự, t, tham, thanh, thao, theo, thi, thoại, thu,
        thuyên, thuê, thuận, thuế, thuộc, thành, tháng, thân, thêm, thì, thích, thôi, thôn, thông, thăm, thư, thưa, thương, thường, thưởng,
        thạo, thảo, thấp, thấy, thần, thầy, thẩm, thập, thế, thể, thỉnh, thị, thời, thủ, thủy, thứ, thửa, thực, tin, tinh, tiêu, tiến,
        tiếng, tiếp, tiết, tiền, tiểu, toàn, toán, tp, tphcm, tr, tra, trang, trao, tri, triều, triển, triệt, trong, trung, truy, truyền,
        trào, trách, trên, trì, trình, trí, trúng, trăm, trưa, trương, trước, trường, trưởng, trạm, trạng, trả, trấn, trị, trở, trợ, trụ,
        trực, ttub, tuy, tuyên, tuần, tuổi, tài, tàu, tác, tám, tâm, tân, tây, tên, tình, tính, tòa, tôi, tăng, tương, tượng, tại, tạm, tạo,
        tầng, tập, tặng, tế, tết, tỉ, tỉnh, tịch, tọa, tố, tốc, tối, tổ, tổng, tộc, tới, tờ, tục, tụng, tức, từ, từng, tỷ, ubkt, ubmttq,
        ubnd, v, van, viên, viếng, viết, việc, viện, việt, vn, von, vp, và, vài, vào, vì, vòng, vùng, văn, vũ, vượt, vẫn, vận, vật, vậy, về,
        vệ, vị, vọng, vốn, với, vợ, vụ, vừa, vực, www, xem, xuân, xuất, xuống, xây, xã, xét, xóm, xúc, xơ, xưởng, xảy, xấp, xếp, xỉ, xử, y,
        yêu, án, âm, ít, ông, ý, đai, đang, đi, điều, điểm, điện, điệp, đoàn, đoạn, đài, đàm, đánh, đây, đã, đêm, đình, đó, đón, đông, đăng,
        đơn, đưa, đương, đường, được, đại, đạo, đạt, đảng, đấu, đầu, đẩy, đắc, đặc, đặt, đến, đề, đều, để, địa, định, đọc, đối, đồn, đồng,
        độ, đội, động, đợt, đức, ước, ảnh, ấp, ấy, ở, ủy, ứng,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_sorted_and_none_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for word in super::ALL {
            assert!(seen.insert(crate::token::fold(word)), "{word:?} stands twice");
        }
        let words = super::ALL.iter().skip_while(|word| **word != "al");
        assert!(words.clone().count() > 700 && words.is_sorted());
    }
}
