//! Which terms may recur: counted while the rows pass, before any term is spelt out, in fixed memory.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Counters of all terms. A million rows have some ten million different terms, and a term that recurs
/// stands in a thousand of them: 30 of the 30 million uses fall on each counter then, a thirtieth of what
/// makes a term recur, whatever the number of rows.
const COUNTERS: usize = 1 << 20;

/// How often terms may have been used: one row of a count-min sketch (G. Cormode, S. Muthukrishnan, "An
/// improved data stream summary: the count-min sketch and its applications", Journal of Algorithms 55, 2005).
///
/// It never says less than there was; it may say more, where two terms share a counter. So what it calls
/// rare is rare, and only the rest need be counted one by one: no result has an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recurrence {
    /// Empty until something is counted.
    counters: Vec<u32>,
}

impl Recurrence {
    /// Counts a use of the term with this fingerprint.
    pub fn add(&mut self, fingerprint: u64) {
        if self.counters.is_empty() {
            self.counters = vec![0; COUNTERS];
        }
        let counter = &mut self.counters[place(fingerprint)];
        *counter = counter.saturating_add(1);
    }

    /// Adds what others counted.
    pub fn merge(&mut self, other: Self) {
        if self.counters.is_empty() {
            self.counters = other.counters;
            return;
        }
        for (sum, count) in self.counters.iter_mut().zip(other.counters) {
            *sum = sum.saturating_add(count);
        }
    }

    /// How often the term was used at most. A counter that is full says that there is no limit.
    pub fn at_most(&self, fingerprint: u64) -> u64 {
        match self.counters.get(place(fingerprint)) {
            None => 0,
            Some(&u32::MAX) => u64::MAX,
            Some(&count) => u64::from(count),
        }
    }
}

fn place(fingerprint: u64) -> usize {
    (fingerprint % COUNTERS as u64) as usize
}

/// Written as the counters that hold something, by their places: most are empty where there are few rows.
impl Serialize for Recurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let used = self.counters.iter().zip(0u32..).filter(|(count, _)| **count > 0);
        let used: Vec<(u32, u32)> = used.map(|(&count, place)| (place, count)).collect();
        used.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Recurrence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found = Self::default();
        for (place, count) in Vec::<(u32, u32)>::deserialize(deserializer)? {
            if found.counters.is_empty() {
                found.counters = vec![0; COUNTERS];
            }
            if let Some(counter) = found.counters.get_mut(place as usize) {
                *counter = count;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_says_less_than_there_was() {
        let mut parts = [Recurrence::default(), Recurrence::default()];
        let uses = |term: u64| 1 + term % 7;
        let fingerprint = |term: u64| term.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for term in 0..50_000 {
            for time in 0..uses(term) {
                parts[(time % 2) as usize].add(fingerprint(term));
            }
        }
        let [mut sum, other] = parts;
        sum.merge(other);
        assert!((0..50_000).all(|term| sum.at_most(fingerprint(term)) >= uses(term)));
        let exact = (0..50_000).filter(|&term| sum.at_most(fingerprint(term)) == uses(term));
        assert!(exact.count() > 45_000);
        let bytes = postcard::to_stdvec(&sum).unwrap();
        assert_eq!(postcard::from_bytes::<Recurrence>(&bytes).unwrap(), sum);
    }

    #[test]
    fn a_full_counter_rules_nothing_out() {
        let mut full = Recurrence { counters: vec![u32::MAX; COUNTERS] };
        full.add(3);
        assert_eq!(full.at_most(3), u64::MAX);
        assert_eq!(Recurrence::default().at_most(3), 0);
    }
}
