//! The little linear algebra that the driver model needs: small symmetric matrices.

/// A symmetric matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

impl Symmetric {
    /// A matrix of `size` rows with the cells that `cell` gives for row ≥ column.
    pub(super) fn new(size: usize, cell: impl Fn(usize, usize) -> f64) -> Self {
        let cells = (0..size * size).map(|at| (at / size, at % size));
        let cells = cells.map(|(row, column)| cell(row.max(column), row.min(column))).collect();
        Self { size, cells }
    }

    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] = value;
    }

    /// The inverse of a positive definite matrix, by sweeping out one column after the other (J. H.
    /// Goodnight, "A tutorial on the SWEEP operator", The American Statistician 33, 1979).
    pub(super) fn inverse(mut self) -> Self {
        for pivot in 0..self.size {
            let d = self.at(pivot, pivot);
            let column: Vec<f64> = (0..self.size).map(|row| self.at(row, pivot)).collect();
            for row in 0..self.size {
                for other in 0..self.size {
                    let value = match (row == pivot, other == pivot) {
                        (true, true) => -1.0 / d,
                        (true, false) => column[other] / d,
                        (false, true) => column[row] / d,
                        (false, false) => self.at(row, other) - column[row] * column[other] / d,
                    };
                    self.set(row, other, value);
                }
            }
        }
        self.cells.iter_mut().for_each(|cell| *cell = -*cell);
        self
    }

    /// Which rows, in order, are no linear combination of those before them: what is left of the
    /// diagonal once those are swept out is at least `least` of it.
    pub(super) fn independent(&self, least: f64) -> Vec<usize> {
        let mut chosen: Vec<usize> = Vec::new();
        // Rows of the Cholesky factor of the chosen part.
        let mut factor: Vec<Vec<f64>> = Vec::new();
        for row in 0..self.size {
            let mut own = Vec::with_capacity(chosen.len() + 1);
            for (&column, other) in chosen.iter().zip(&factor) {
                let dot: f64 = own.iter().zip(other).map(|(a, b): (&f64, &f64)| a * b).sum();
                own.push((self.at(row, column) - dot) / other[own.len()]);
            }
            let rest = self.at(row, row) - own.iter().map(|value| value * value).sum::<f64>();
            if rest > least * self.at(row, row) {
                own.push(rest.sqrt());
                chosen.push(row);
                factor.push(own);
            }
        }
        chosen
    }

    /// The square root of a positive semidefinite matrix: V·√Λ·Vᵀ.
    pub(super) fn root(&self) -> Self {
        let (values, vectors) = self.eigen();
        let size = self.size;
        Self::new(size, |row, column| {
            (0..size)
                .map(|k| {
                    vectors[row * size + k] * values[k].max(0.0).sqrt() * vectors[column * size + k]
                })
                .sum()
        })
    }

    /// Eigenvalues, and eigenvectors in columns: Jacobi's rotations, all pairs in turn until nothing is
    /// left beside the diagonal (G. H. Golub, C. F. Van Loan, "Matrix Computations", 8.5).
    fn eigen(&self) -> (Vec<f64>, Vec<f64>) {
        let size = self.size;
        let mut matrix = self.clone();
        let mut vectors: Vec<f64> =
            (0..size * size).map(|at| f64::from(u8::from(at / size == at % size))).collect();
        let scale: f64 = self.cells.iter().map(|cell| cell * cell).sum();
        for _ in 0..60 {
            let beside: f64 = (0..size * size)
                .filter(|at| at / size != at % size)
                .map(|at| matrix.cells[at].powi(2))
                .sum();
            if beside <= 1e-28 * scale {
                break;
            }
            for p in 0..size {
                for q in p + 1..size {
                    matrix.rotate(p, q, &mut vectors);
                }
            }
        }
        ((0..size).map(|at| matrix.at(at, at)).collect(), vectors)
    }

    fn rotate(&mut self, p: usize, q: usize, vectors: &mut [f64]) {
        let beside = self.at(p, q);
        if beside == 0.0 {
            return;
        }
        let theta = (self.at(q, q) - self.at(p, p)) / (2.0 * beside);
        let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
        let c = 1.0 / t.hypot(1.0);
        let s = t * c;
        for k in 0..self.size {
            let (a, b) = (self.at(k, p), self.at(k, q));
            self.set(k, p, c * a - s * b);
            self.set(k, q, s * a + c * b);
        }
        for k in 0..self.size {
            let (a, b) = (self.at(p, k), self.at(q, k));
            self.set(p, k, c * a - s * b);
            self.set(q, k, s * a + c * b);
        }
        for k in 0..self.size {
            let (a, b) = (vectors[k * self.size + p], vectors[k * self.size + q]);
            vectors[k * self.size + p] = c * a - s * b;
            vectors[k * self.size + q] = s * a + c * b;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(a: &Symmetric, b: &Symmetric) -> Vec<f64> {
        let size = a.size;
        let cell = |at: usize| (0..size).map(|k| a.at(at / size, k) * b.at(k, at % size)).sum();
        (0..size * size).map(cell).collect()
    }

    fn example() -> Symmetric {
        let cells = [[4.0, 0.0, 0.0], [1.0, 3.0, 0.0], [-0.5, 0.25, 2.0]];
        Symmetric::new(3, |row, column| cells[row][column])
    }

    #[test]
    fn a_matrix_times_its_inverse_is_one() {
        let found = product(&example(), &example().inverse());
        for (at, cell) in found.iter().enumerate() {
            let expected = f64::from(u8::from(at / 3 == at % 3));
            assert!((cell - expected).abs() < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn a_root_squared_is_the_matrix() {
        let root = example().root();
        for (cell, expected) in product(&root, &root).iter().zip(&example().cells) {
            assert!((cell - expected).abs() < 1e-12, "{root:?}");
        }
    }

    #[test]
    fn a_row_that_others_make_up_is_found() {
        // The third is the sum of the first two.
        let cells = [[2.0, 0.0, 0.0], [1.0, 2.0, 0.0], [3.0, 3.0, 6.0]];
        let matrix = Symmetric::new(3, |row, column| cells[row][column]);
        assert_eq!(matrix.independent(1e-6), [0, 1]);
        assert_eq!(example().independent(1e-6), [0, 1, 2]);
    }
}
