//! The trained weights: features in; a logit for each output out. A table of hashed features, read where it lies.
//!
//! File: the magic word, the number of rows, then the features ascending (u32), then a row of outputs (i8) for each;
//! before the rows, for each output, bias and step of its weights (f32). All little-endian.

use super::features::Features;

const MAGIC: &[u8; 8] = b"bcread01";

/// Weights of one model with so many outputs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights<const OUTPUTS: usize> {
    bias: [f32; OUTPUTS],
    step: [f32; OUTPUTS],
    features: Vec<u32>,
    rows: Vec<[i8; OUTPUTS]>,
    /// A bit for the low bits of each feature: most features of new text are unknown, and end here.
    known: Vec<u64>,
    /// Where the features with the same high bits begin, and one past the last.
    begins: Vec<u32>,
}

impl<const OUTPUTS: usize> Default for Weights<OUTPUTS> {
    fn default() -> Self {
        let (bias, step) = ([0.0; OUTPUTS], [0.0; OUTPUTS]);
        Self { bias, step, features: Vec::new(), rows: Vec::new(), known: Vec::new(), begins: Vec::new() }
    }
}

/// High bits by which features are found: with some tens of thousands of them, one or two share theirs.
const INDEX_BITS: u32 = 15;

/// Bits of the filter before the table: 64 kilobytes, which stay near the processor.
const FILTER_BITS: u32 = 19;

impl<const OUTPUTS: usize> Weights<OUTPUTS> {
    /// Quantises real weights; features whose every weight would be nought are left out.
    pub(super) fn quantise(bias: [f32; OUTPUTS], mut table: Vec<(u32, [f32; OUTPUTS])>) -> Self {
        let mut step = [0f32; OUTPUTS];
        for (_, row) in &table {
            for (step, weight) in step.iter_mut().zip(row) {
                *step = step.max(weight.abs() / f32::from(i8::MAX));
            }
        }
        table.sort_unstable_by_key(|(feature, _)| *feature);
        let mut weights = Self { bias, step, ..Self::default() };
        for (feature, row) in table {
            let mut small = [0i8; OUTPUTS];
            for ((small, weight), step) in small.iter_mut().zip(row).zip(step) {
                *small = if step > 0.0 { (weight / step).round() as i8 } else { 0 };
            }
            if small.iter().any(|weight| *weight != 0) {
                weights.features.push(feature);
                weights.rows.push(small);
            }
        }
        (weights.known, weights.begins) = (filter(&weights.features), index(&weights.features));
        weights
    }

    /// Bytes as they are shipped.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(u32::try_from(self.features.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(self.bias.iter().chain(&self.step).flat_map(|number| number.to_le_bytes()));
        bytes.extend(self.features.iter().flat_map(|feature| feature.to_le_bytes()));
        bytes.extend(self.rows.iter().flatten().map(|weight| weight.to_le_bytes()[0]));
        bytes
    }

    /// Reads shipped bytes from the front; the weights and what is left, or `None` when they are no such thing.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let (count, bytes) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (head, bytes) = bytes.split_at_checked(8 * OUTPUTS)?;
        let (features, bytes) = bytes.split_at_checked(4 * count)?;
        let (rows, rest) = bytes.split_at_checked(OUTPUTS * count)?;
        let number = |chunk: &[u8]| chunk.first_chunk().map_or(0.0, |bytes| f32::from_le_bytes(*bytes));
        let mut numbers = head.chunks(4).map(number);
        let mut next = || std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
        let (bias, step) = (next(), next());
        let features = features.chunks(4).filter_map(|c| c.first_chunk().map(|b| u32::from_le_bytes(*b)));
        let rows = rows.chunks(OUTPUTS).map(|row| std::array::from_fn(|i| i8::from_le_bytes([row[i]])));
        let features: Vec<u32> = features.collect();
        let (known, begins) = (filter(&features), index(&features));
        Some((Self { bias, step, features, rows: rows.collect(), known, begins }, rest))
    }

    /// Whether nothing was learned yet.
    pub(super) fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// The row of a feature.
    pub(super) fn row(&self, feature: u32) -> Option<&[i8; OUTPUTS]> {
        let (word, bit) = place(feature);
        if self.known.get(word).is_none_or(|bits| bits & bit == 0) {
            return None;
        }
        let high = high_bits(feature);
        let (from, to) = (self.begins[high] as usize, self.begins[high + 1] as usize);
        let at = self.features[from..to].iter().position(|known| *known == feature)?;
        Some(&self.rows[from + at])
    }

    /// The sum of the weights of one output, in its steps; whole where every feature counts one.
    pub(super) fn sum(&self, features: &Features, output: usize) -> f32 {
        features
            .iter()
            .filter_map(|(feature, value)| Some(f32::from(self.row(*feature)?[output]) * value))
            .fold(0.0, |sum, part| sum + part)
    }

    /// A sum of weights as the logit of their output.
    pub(super) fn scaled(&self, sum: f32, output: usize) -> f32 {
        sum * self.step[output] + self.bias[output]
    }

    /// The logit of one output.
    pub(super) fn logit(&self, features: &Features, output: usize) -> f32 {
        self.scaled(self.sum(features, output), output)
    }

    /// The logit of every output.
    pub(super) fn logits(&self, features: &Features) -> [f32; OUTPUTS] {
        let mut sums = [0f32; OUTPUTS];
        for (feature, value) in features {
            if let Some(row) = self.row(*feature) {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += f32::from(*weight) * value;
                }
            }
        }
        std::array::from_fn(|i| sums[i] * self.step[i] + self.bias[i])
    }

    /// What the feature adds to the logit of an output.
    pub(super) fn share(&self, feature: u32, output: usize) -> f32 {
        self.row(feature).map_or(0.0, |row| f32::from(row[output]) * self.step[output])
    }
}

fn high_bits(feature: u32) -> usize {
    (feature >> (u32::BITS - INDEX_BITS)) as usize
}

/// Of features in order, how many have lower high bits, for each value of these and one past the last.
fn index(features: &[u32]) -> Vec<u32> {
    let mut begins = vec![0; (1 << INDEX_BITS) + 1];
    for feature in features {
        begins[high_bits(*feature) + 1] += 1;
    }
    let mut before = 0;
    for begin in &mut begins {
        before += *begin;
        *begin = before;
    }
    begins
}

/// Where a feature stands in the filter.
fn place(feature: u32) -> (usize, u64) {
    let low = feature & ((1 << FILTER_BITS) - 1);
    ((low / 64) as usize, 1 << (low % 64))
}

fn filter(features: &[u32]) -> Vec<u64> {
    let mut known = vec![0; (1 << FILTER_BITS) / 64];
    for feature in features {
        let (word, bit) = place(*feature);
        known[word] |= bit;
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUTS: usize = 18;

    #[test]
    fn bytes_and_back_and_a_cut_file_is_refused() {
        let table = (0..500u32).map(|i| (i.wrapping_mul(0x9e37_79b9), [i as f32 / 100.0; OUTPUTS])).collect();
        let weights = Weights::quantise([0.5; OUTPUTS], table);
        let bytes = weights.to_bytes();
        assert_eq!(Weights::from_bytes(&bytes), Some((weights.clone(), &[][..])));
        assert!(Weights::<OUTPUTS>::from_bytes(&bytes[..bytes.len() - 1]).is_none());
        let features: Vec<u32> = weights.features.clone();
        assert!(features.iter().all(|feature| weights.row(*feature).is_some()));
        assert!(weights.row(3).is_none());
    }
}
