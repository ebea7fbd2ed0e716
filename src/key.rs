//! The key by which names are compared.

use crate::letter;
use crate::token::Folder;

/// What two ways of writing one name share: letters folded, marks dropped, *TP.HCM* as *thành phố hồ chí minh*.
pub(crate) fn key(name: &str) -> String {
    let parts = |c: char| letter::of(c) == 0 && !c.is_alphanumeric() || matches!(c, '.' | ',');
    let mut key = String::with_capacity(name.len() + 8);
    let mut folder = Folder::default();
    for (n, word) in name.split(parts).filter(|word| !word.is_empty()).enumerate() {
        if n > 0 {
            key.push(' ');
        }
        key.push_str(match folder.fold(word) {
            "tp" => "thành phố",
            "hcm" => "hồ chí minh",
            "tphcm" => "thành phố hồ chí minh",
            // "phường 05"
            digits if digits.len() > 1 && digits.bytes().all(|b| b.is_ascii_digit()) => digits.trim_start_matches('0'),
            word => word,
        });
    }
    key
}
