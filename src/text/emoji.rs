//! Which characters are emoji.

/// Whether `c` shows as an emoji on its own; modifiers and joiners are not.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1F300}'..='\u{1F3FA}' // the five after it are skin tones
        | '\u{1F400}'..='\u{1FAFF}'
        | '\u{1F1E6}'..='\u{1F1FF}'
        | '\u{1F004}' | '\u{1F0CF}' | '\u{1F170}'..='\u{1F19A}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{2B05}'..='\u{2B55}'
        | '\u{231A}' | '\u{231B}' | '\u{23E9}'..='\u{23FA}' | '\u{203C}' | '\u{2049}')
}

/// Whether `c` only changes the emoji before it: skin tone, variation selector, joiner, keycap.
pub(super) fn is_emoji_modifier(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{FE0E}' | '\u{FE0F}' | '\u{200D}' | '\u{20E3}')
}
