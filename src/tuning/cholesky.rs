//! Symmetric systems of equations, in a fixed order of sums.

/// The lower triangle L of a symmetric matrix L·Lᵀ without negative eigenvalues, a row after the other.
#[derive(Clone, Debug)]
pub(super) struct Cholesky {
    size: usize,
    lower: Vec<f64>,
}

/// Share of a diagonal element below which what is left of it is taken for rounding: rows that repeat others.
const NOTHING: f64 = 1e-10;

impl Cholesky {
    /// Factors a symmetric matrix, of which the lower triangle is read.
    pub(super) fn of(size: usize, mut matrix: Vec<f64>) -> Self {
        for row in 0..size {
            let (above, own) = matrix.split_at_mut(row * size);
            let own = &mut own[..size];
            for column in 0..row {
                let other = &above[column * size..][..size];
                let pivot = other[column];
                let rest = own[column] - dot(&own[..column], &other[..column]);
                own[column] = if pivot > 0.0 { rest / pivot } else { 0.0 };
            }
            let rest = own[row] - dot(&own[..row], &own[..row]);
            own[row] = if rest > NOTHING * own[row].abs() { rest.sqrt() } else { 0.0 };
            own[row + 1..].fill(0.0);
        }
        Self { size, lower: matrix }
    }

    /// A row of L.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.lower[row * self.size..][..self.size]
    }

    /// x with L·Lᵀ·x = `right`; 0 where the matrix leaves it open.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = right.to_vec();
        for row in 0..self.size {
            let rest = x[row] - dot(&self.row(row)[..row], &x[..row]);
            x[row] = divided(rest, self.row(row)[row]);
        }
        self.solve_upper(&x)
    }

    /// x with Lᵀ·x = `right`; 0 where the matrix leaves it open.
    pub(super) fn solve_upper(&self, right: &[f64]) -> Vec<f64> {
        let mut x = right.to_vec();
        for row in (0..self.size).rev() {
            let own = self.row(row);
            x[row] = divided(x[row], own[row]);
            let value = x[row];
            x[..row].iter_mut().zip(own).for_each(|(rest, weight)| *rest -= weight * value);
        }
        x
    }
}

fn divided(value: f64, by: f64) -> f64 {
    if by > 0.0 { value / by } else { 0.0 }
}

/// Scalar product, in eight sums that are added in their order: one sum alone would wait for itself.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    let (a, rest_a) = a.as_chunks::<LANES>();
    let (b, rest_b) = b.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f64 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_computed_by_hand() {
        // L = (2; 6 1; -8 5 3), of a textbook; L·Lᵀ·(1, 2, 3).
        let matrix = vec![4.0, 0.0, 0.0, 12.0, 37.0, 0.0, -16.0, -43.0, 98.0];
        let factors = Cholesky::of(3, matrix);
        assert_eq!(factors.lower, [2.0, 0.0, 0.0, 6.0, 1.0, 0.0, -8.0, 5.0, 3.0]);
        let x = factors.solve(&[-20.0, -43.0, 192.0]);
        for (x, expected) in x.iter().zip([1.0, 2.0, 3.0]) {
            assert!((x - expected).abs() < 1e-9, "{x} is not {expected}");
        }
    }

    #[test]
    fn rows_that_repeat_others_are_left_out() {
        let factors = Cholesky::of(2, vec![4.0, 0.0, 4.0, 4.0]);
        assert_eq!(factors.lower, [2.0, 0.0, 2.0, 0.0]);
        assert_eq!(factors.solve(&[8.0, 8.0]), [2.0, 0.0]);
    }

    #[test]
    fn products_of_any_length() {
        let row: Vec<f64> = (0..19).map(f64::from).collect();
        assert_eq!(dot(&row, &row), 2109.0);
    }
}
