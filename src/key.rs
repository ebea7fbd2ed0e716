//! The key by which names are compared.

use crate::token::fold;

/// What two ways of writing one name share: letters folded, marks dropped, *TP.HCM* as *thành phố hồ chí minh*.
pub(crate) fn key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold);
    let words = words.map(|word| match word.as_str() {
        "tp" => "thành phố".to_owned(),
        "hcm" => "hồ chí minh".to_owned(),
        "tphcm" => "thành phố hồ chí minh".to_owned(),
        // "phường 05"
        digits if digits.len() > 1 && digits.bytes().all(|b| b.is_ascii_digit()) => digits.trim_start_matches('0').to_owned(),
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}
