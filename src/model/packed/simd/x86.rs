//! AVX-512 with VNNI, AVX2 with VNNI, and AVX2.
//!
//! Safety of the intrinsics below: the tokens [`Avx512`] and [`Avx2`] are made only in the `run_…`
//! functions, which may be called only on a processor with their target features, and every method
//! needs a token. Loads and stores go through references to arrays of exactly their width.

use std::arch::x86_64::*;

use super::{LANES, PANEL, STEP, Simd, Step, Sums, Task};

/// AVX-512 F, BW, VL, DQ and VNNI.
#[derive(Clone, Copy)]
pub(super) struct Avx512(());

/// AVX2, with or without the VNNI instructions for its registers.
#[derive(Clone, Copy)]
pub(super) struct Avx2<const VNNI: bool>(());

/// Runs `task` with AVX-512.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
pub(super) fn run_avx512<T: Task>(task: T) -> T::Output {
    task.run(Avx512(()))
}

/// Runs `task` with AVX2 and its VNNI.
#[target_feature(enable = "avx2,avxvnni")]
pub(super) fn run_avx_vnni<T: Task>(task: T) -> T::Output {
    task.run(Avx2::<true>(()))
}

/// Runs `task` with AVX2.
#[target_feature(enable = "avx2")]
pub(super) fn run_avx2<T: Task>(task: T) -> T::Output {
    task.run(Avx2::<false>(()))
}

// The folding tree: halves of sixteen, of eight, of four, of two.
macro_rules! fold_eight {
    ($lanes:expr, $wide:ident, $narrow:ident) => {{
        let four = $wide(_mm256_castps256_ps128($lanes), _mm256_extractf128_ps::<1>($lanes));
        let two = $wide(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32($narrow(two, _mm_shuffle_ps::<1>(two, two)))
    }};
}

impl Simd for Avx512 {
    type Float = __m512;

    #[inline(always)]
    fn splat(self, value: f32) -> __m512 {
        unsafe { _mm512_set1_ps(value) }
    }

    #[inline(always)]
    fn load(self, values: &[f32; LANES]) -> __m512 {
        unsafe { _mm512_loadu_ps(values.as_ptr()) }
    }

    #[inline(always)]
    fn store(self, values: __m512, out: &mut [f32; LANES]) {
        unsafe { _mm512_storeu_ps(out.as_mut_ptr(), values) }
    }

    #[inline(always)]
    fn difference(self, a: &[i32; LANES], factor: i32, b: &[i32; LANES]) -> __m512 {
        unsafe {
            let b = _mm512_loadu_si512(b.as_ptr().cast());
            let a = _mm512_loadu_si512(a.as_ptr().cast());
            let product = _mm512_mullo_epi32(b, _mm512_set1_epi32(factor));
            _mm512_cvtepi32_ps(_mm512_sub_epi32(a, product))
        }
    }

    #[inline(always)]
    fn bytes_to_floats(self, values: &[i8; LANES]) -> __m512 {
        unsafe { _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(values.as_ptr().cast()))) }
    }

    #[inline(always)]
    fn to_bytes(self, values: __m512) -> [u8; LANES] {
        let mut bytes = [0; LANES];
        unsafe {
            let integers = _mm512_max_epi32(_mm512_cvtps_epi32(values), _mm512_setzero_si512());
            _mm_storeu_si128(bytes.as_mut_ptr().cast(), _mm512_cvtusepi32_epi8(integers));
        }
        bytes
    }

    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_add_ps(a, b) }
    }

    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_sub_ps(a, b) }
    }

    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_mul_ps(a, b) }
    }

    #[inline(always)]
    fn div(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_div_ps(a, b) }
    }

    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_min_ps(a, b) }
    }

    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_max_ps(a, b) }
    }

    #[inline(always)]
    fn power_of_two(self, n: __m512) -> __m512 {
        unsafe {
            let biased = _mm512_add_epi32(_mm512_cvtps_epi32(n), _mm512_set1_epi32(127));
            _mm512_castsi512_ps(_mm512_slli_epi32::<23>(biased))
        }
    }

    #[inline(always)]
    fn sum(self, a: __m512) -> f32 {
        unsafe {
            let eight = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps::<1>(a));
            fold_eight!(eight, _mm_add_ps, _mm_add_ss)
        }
    }

    #[inline(always)]
    fn lowest(self, a: __m512) -> f32 {
        unsafe {
            let eight = _mm256_min_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps::<1>(a));
            fold_eight!(eight, _mm_min_ps, _mm_min_ss)
        }
    }

    #[inline(always)]
    fn highest(self, a: __m512) -> f32 {
        unsafe {
            let eight = _mm256_max_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps::<1>(a));
            fold_eight!(eight, _mm_max_ps, _mm_max_ss)
        }
    }

    #[inline(always)]
    fn tile<const ROWS: usize>(self, rows: [&[[u8; STEP]]; ROWS], panel: &[Step], sums: &mut Sums) {
        const VECTORS: usize = PANEL / LANES;
        // Once here, so that the loop need not check.
        let mut rows = rows;
        for row in &mut rows {
            *row = &row[..panel.len()];
        }
        unsafe {
            let mut own = [[_mm512_setzero_si512(); VECTORS]; ROWS];
            for (k, step) in panel.iter().enumerate() {
                // A step is four registers wide and aligned to one.
                let weights: *const __m512i = step.0.as_ptr().cast();
                let w = [
                    _mm512_load_si512(weights),
                    _mm512_load_si512(weights.add(1)),
                    _mm512_load_si512(weights.add(2)),
                    _mm512_load_si512(weights.add(3)),
                ];
                for r in 0..ROWS {
                    let x = _mm512_set1_epi32(i32::from_le_bytes(rows[r][k]));
                    for v in 0..VECTORS {
                        own[r][v] = _mm512_dpbusd_epi32(own[r][v], x, w[v]);
                    }
                }
            }
            for (own, sums) in own.iter().zip(&mut sums.0) {
                for (own, sums) in own.iter().zip(sums.as_chunks_mut::<LANES>().0) {
                    _mm512_storeu_si512(sums.as_mut_ptr().cast(), *own);
                }
            }
        }
    }

    #[inline(always)]
    fn transpose(self, rows: [__m512; LANES]) -> [__m512; LANES] {
        unsafe {
            // Pairs, then fours within 128-bit quarters, then the quarters themselves.
            let mut t = rows;
            for i in 0..8 {
                t[2 * i] = _mm512_unpacklo_ps(rows[2 * i], rows[2 * i + 1]);
                t[2 * i + 1] = _mm512_unpackhi_ps(rows[2 * i], rows[2 * i + 1]);
            }
            let mut u = t;
            for i in 0..4 {
                for (half, odd) in [(0, false), (1, false), (0, true), (1, true)] {
                    let a = _mm512_castps_pd(t[4 * i + usize::from(odd)]);
                    let b = _mm512_castps_pd(t[4 * i + 2 + usize::from(odd)]);
                    let joined =
                        if half == 0 { _mm512_unpacklo_pd(a, b) } else { _mm512_unpackhi_pd(a, b) };
                    u[4 * i + 2 * usize::from(odd) + half] = _mm512_castpd_ps(joined);
                }
            }
            let mut out = u;
            for i in 0..4 {
                let (a, b, c, d) = (u[i], u[i + 4], u[i + 8], u[i + 12]);
                let ab_even = _mm512_shuffle_f32x4::<0x88>(a, b);
                let ab_odd = _mm512_shuffle_f32x4::<0xdd>(a, b);
                let cd_even = _mm512_shuffle_f32x4::<0x88>(c, d);
                let cd_odd = _mm512_shuffle_f32x4::<0xdd>(c, d);
                out[i] = _mm512_shuffle_f32x4::<0x88>(ab_even, cd_even);
                out[i + 4] = _mm512_shuffle_f32x4::<0x88>(ab_odd, cd_odd);
                out[i + 8] = _mm512_shuffle_f32x4::<0xdd>(ab_even, cd_even);
                out[i + 12] = _mm512_shuffle_f32x4::<0xdd>(ab_odd, cd_odd);
            }
            out
        }
    }
}

/// Applies an operation to both halves.
macro_rules! both {
    ($op:ident, $a:expr, $b:expr) => {
        unsafe { [$op($a[0], $b[0]), $op($a[1], $b[1])] }
    };
}

#[inline(always)]
fn halves<T>(values: &[T; LANES]) -> [&[T; LANES / 2]; 2] {
    let (chunks, _) = values.as_chunks();
    [&chunks[0], &chunks[1]]
}

impl<const VNNI: bool> Avx2<VNNI> {
    #[inline(always)]
    fn integers(self, values: &[i32; LANES]) -> [__m256i; 2] {
        let [low, high] = halves(values);
        unsafe {
            [_mm256_loadu_si256(low.as_ptr().cast()), _mm256_loadu_si256(high.as_ptr().cast())]
        }
    }

    /// `sums + x · w` in groups of four bytes. Without VNNI by pairs in 16 bits, which products with
    /// weights within ±64 do not overflow.
    #[inline(always)]
    fn dot(self, sums: __m256i, x: __m256i, w: __m256i) -> __m256i {
        unsafe {
            if VNNI {
                _mm256_dpbusd_avx_epi32(sums, x, w)
            } else {
                let pairs = _mm256_maddubs_epi16(x, w);
                _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
            }
        }
    }
}

impl<const VNNI: bool> Simd for Avx2<VNNI> {
    type Float = [__m256; 2];

    #[inline(always)]
    fn splat(self, value: f32) -> [__m256; 2] {
        unsafe { [_mm256_set1_ps(value); 2] }
    }

    #[inline(always)]
    fn load(self, values: &[f32; LANES]) -> [__m256; 2] {
        let [low, high] = halves(values);
        unsafe { [_mm256_loadu_ps(low.as_ptr()), _mm256_loadu_ps(high.as_ptr())] }
    }

    #[inline(always)]
    fn store(self, values: [__m256; 2], out: &mut [f32; LANES]) {
        let (chunks, _) = out.as_chunks_mut::<{ LANES / 2 }>();
        unsafe {
            _mm256_storeu_ps(chunks[0].as_mut_ptr(), values[0]);
            _mm256_storeu_ps(chunks[1].as_mut_ptr(), values[1]);
        }
    }

    #[inline(always)]
    fn difference(self, a: &[i32; LANES], factor: i32, b: &[i32; LANES]) -> [__m256; 2] {
        unsafe {
            let factor = _mm256_set1_epi32(factor);
            let (a, b) = (self.integers(a), self.integers(b));
            let low = _mm256_sub_epi32(a[0], _mm256_mullo_epi32(b[0], factor));
            let high = _mm256_sub_epi32(a[1], _mm256_mullo_epi32(b[1], factor));
            [_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high)]
        }
    }

    #[inline(always)]
    fn bytes_to_floats(self, values: &[i8; LANES]) -> [__m256; 2] {
        unsafe {
            let bytes = _mm_loadu_si128(values.as_ptr().cast());
            let high = _mm_unpackhi_epi64(bytes, bytes);
            [
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)),
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(high)),
            ]
        }
    }

    #[inline(always)]
    fn to_bytes(self, values: [__m256; 2]) -> [u8; LANES] {
        let mut bytes = [0; LANES];
        unsafe {
            let (a, b) = (_mm256_cvtps_epi32(values[0]), _mm256_cvtps_epi32(values[1]));
            // Packing works by 128-bit halves: a0 b0 a1 b1 is put in order.
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(a, b));
            let packed = _mm_packus_epi16(
                _mm256_castsi256_si128(words),
                _mm256_extracti128_si256::<1>(words),
            );
            _mm_storeu_si128(bytes.as_mut_ptr().cast(), packed);
        }
        bytes
    }

    #[inline(always)]
    fn add(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        both!(_mm256_add_ps, a, b)
    }

    #[inline(always)]
    fn sub(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        both!(_mm256_sub_ps, a, b)
    }

    #[inline(always)]
    fn mul(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        both!(_mm256_mul_ps, a, b)
    }

    #[inline(always)]
    fn div(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        both!(_mm256_div_ps, a, b)
    }

    #[inline(always)]
    fn min(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        both!(_mm256_min_ps, a, b)
    }

    #[inline(always)]
    fn max(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        both!(_mm256_max_ps, a, b)
    }

    #[inline(always)]
    fn power_of_two(self, n: [__m256; 2]) -> [__m256; 2] {
        unsafe {
            let bias = _mm256_set1_epi32(127);
            let low = _mm256_add_epi32(_mm256_cvtps_epi32(n[0]), bias);
            let high = _mm256_add_epi32(_mm256_cvtps_epi32(n[1]), bias);
            [
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(low)),
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(high)),
            ]
        }
    }

    #[inline(always)]
    fn sum(self, a: [__m256; 2]) -> f32 {
        unsafe { fold_eight!(_mm256_add_ps(a[0], a[1]), _mm_add_ps, _mm_add_ss) }
    }

    #[inline(always)]
    fn lowest(self, a: [__m256; 2]) -> f32 {
        unsafe { fold_eight!(_mm256_min_ps(a[0], a[1]), _mm_min_ps, _mm_min_ss) }
    }

    #[inline(always)]
    fn highest(self, a: [__m256; 2]) -> f32 {
        unsafe { fold_eight!(_mm256_max_ps(a[0], a[1]), _mm_max_ps, _mm_max_ss) }
    }

    #[inline(always)]
    fn tile<const ROWS: usize>(self, rows: [&[[u8; STEP]]; ROWS], panel: &[Step], sums: &mut Sums) {
        // Sixteen registers hold six rows of two: a quarter of the panel at a time.
        const WIDTH: usize = 8;
        // Once here, so that the loop need not check.
        let mut rows = rows;
        for row in &mut rows {
            *row = &row[..panel.len()];
        }
        for quarter in (0..PANEL).step_by(2 * WIDTH) {
            unsafe {
                let mut own = [[_mm256_setzero_si256(); 2]; ROWS];
                for (k, step) in panel.iter().enumerate() {
                    // The quarter is two registers wide and aligned to them.
                    let weights: *const __m256i = step.0[quarter..][..2 * WIDTH].as_ptr().cast();
                    let w = [_mm256_load_si256(weights), _mm256_load_si256(weights.add(1))];
                    for r in 0..ROWS {
                        let x = _mm256_set1_epi32(i32::from_le_bytes(rows[r][k]));
                        own[r][0] = self.dot(own[r][0], x, w[0]);
                        own[r][1] = self.dot(own[r][1], x, w[1]);
                    }
                }
                for (own, sums) in own.iter().zip(&mut sums.0) {
                    let (sums, _) = sums[quarter..][..2 * WIDTH].as_chunks_mut::<WIDTH>();
                    _mm256_storeu_si256(sums[0].as_mut_ptr().cast(), own[0]);
                    _mm256_storeu_si256(sums[1].as_mut_ptr().cast(), own[1]);
                }
            }
        }
    }

    #[inline(always)]
    fn transpose(self, rows: [[__m256; 2]; LANES]) -> [[__m256; 2]; LANES] {
        let mut lines = [[0.0; LANES]; LANES];
        for (line, row) in lines.iter_mut().zip(rows) {
            self.store(row, line);
        }
        let mut out = rows;
        for (column, out) in out.iter_mut().enumerate() {
            *out = self.load(&std::array::from_fn(|row| lines[row][column]));
        }
        out
    }
}
