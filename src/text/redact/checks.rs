//! Check digits of numbers that people are known by.

/// Whether the last of the digits checks the others: Luhn, ISO/IEC 7812-1, annex B.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| {
            let digit = u32::from(digit);
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    digits.len() > 1 && sum.is_multiple_of(10)
}

/// Whether digits and capitals are 1 modulo 97, letters read as 10 to 35 and the first four put last:
/// ISO 13616-1.
pub(super) fn iban(characters: &[u8]) -> bool {
    let Some((head, tail)) = characters.split_at_checked(4) else { return false };
    let mut rest = 0u32;
    for &byte in tail.iter().chain(head) {
        let Some(value) = char::from(byte).to_digit(36) else { return false };
        rest = (rest * if value < 10 { 10 } else { 100 } + value) % 97;
    }
    rest == 1
}

/// Whether the last digit checks the others: ISO 7064, MOD 11,10, as in German numbers of taxes.
pub(super) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((&last, others)) = digits.split_last() else { return false };
    let product = others.iter().fold(10, |product, &digit| {
        let sum = match (u32::from(digit) + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (11 - product) % 10 == u32::from(last)
}

/// Whether digits may be a German tax number of a person: none before it is 0, one digit stands two or three
/// times among the first ten and no other more than once, and the last one checks them.
pub(super) fn german_tax_id(digits: &[u8]) -> bool {
    let [first, .., _] = digits else { return false };
    if digits.len() != 11 || *first == 0 {
        return false;
    }
    let mut times = [0; 10];
    digits[..10].iter().for_each(|&digit| times[usize::from(digit)] += 1);
    let repeated: Vec<i32> = times.into_iter().filter(|&times| times > 1).collect();
    matches!(repeated[..], [2 | 3]) && mod_11_10(digits)
}

/// Whether weighted digits come to a remainder: sum of digit × weight, modulo.
pub(super) fn weighted(digits: &[u8], weights: &[u32], modulus: u32) -> u32 {
    let products = digits.iter().zip(weights).map(|(&digit, weight)| u32::from(digit) * weight);
    products.sum::<u32>() % modulus
}

/// A number of digits, modulo.
pub(super) fn modulo(digits: &[u8], modulus: u64) -> u64 {
    digits.iter().fold(0, |rest, &digit| (rest * 10 + u64::from(digit)) % modulus)
}

/// The digits of a text, signs between them left out.
pub(super) fn digits(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_hold_and_a_changed_digit_does_not() {
        assert!(luhn(&digits("4111 1111 1111 1111")) && !luhn(&digits("4111 1111 1111 1112")));
        assert!(iban(b"DE89370400440532013000") && !iban(b"DE89370400440532013001"));
        assert!(iban(b"GB82WEST12345698765432"));
        assert!(mod_11_10(&digits("136695976")) && !mod_11_10(&digits("136695978")));
        assert!(german_tax_id(&digits("86095742719")) && !german_tax_id(&digits("86095742718")));
        assert!(!german_tax_id(&digits("11111111111")));
    }
}
