//! Sixteen float lanes on whatever vector registers the processor has, chosen at run time.
//!
//! Every instruction set does the same operations in the same order, rounds after each of them (no
//! fused multiply-add) and folds lanes in the same tree, so the bytes are the same on all of them;
//! `tests::every_instruction_set_gives_the_same_bytes` holds them to it.
//!
//! This is the one module with `unsafe` code. The compiler does not vectorise these kernels well
//! enough by itself: see `docs/performance.md` for what that costs. Its two obligations are small:
//! intrinsics run only behind a token that [`InstructionSet::detect`] gives out after asking the
//! processor, and memory is touched only through references to arrays of the width of the access.
#![allow(unsafe_code)]

/// Lanes of one step. Row lengths are multiples of it.
pub const LANES: usize = 16;

/// Outputs of one panel of packed weights.
pub const PANEL: usize = 64;

/// Rows that the integer kernels work on at once.
pub const TILE: usize = 6;

/// Inputs that one step of an integer dot product takes.
pub const STEP: usize = 4;

/// Weights of one step of a panel: `[output][input]`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub struct Step(pub [[i8; STEP]; PANEL]);

/// Integer sums of up to [`TILE`] rows and [`PANEL`] outputs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub struct Sums(pub [[i32; PANEL]; TILE]);

/// Sixteen lanes of an instruction set. A value of an implementing type is the proof that the
/// processor has it.
pub trait Simd: Copy {
    /// Sixteen floats.
    type Float: Copy;

    /// All lanes alike.
    fn splat(self, value: f32) -> Self::Float;
    /// From memory.
    fn load(self, values: &[f32; LANES]) -> Self::Float;
    /// To memory.
    fn store(self, values: Self::Float, out: &mut [f32; LANES]);
    /// `a − factor × b` in integers, to the nearest floats.
    fn difference(self, a: &[i32; LANES], factor: i32, b: &[i32; LANES]) -> Self::Float;
    /// Bytes to floats.
    fn bytes_to_floats(self, values: &[i8; LANES]) -> Self::Float;
    /// Nearest integers, ties to even, of values from −2²² to 255.
    fn to_bytes(self, values: Self::Float) -> [u8; LANES];
    /// a + b
    fn add(self, a: Self::Float, b: Self::Float) -> Self::Float;
    /// a − b
    fn sub(self, a: Self::Float, b: Self::Float) -> Self::Float;
    /// a × b
    fn mul(self, a: Self::Float, b: Self::Float) -> Self::Float;
    /// a ÷ b
    fn div(self, a: Self::Float, b: Self::Float) -> Self::Float;
    /// The lower one.
    fn min(self, a: Self::Float, b: Self::Float) -> Self::Float;
    /// The higher one.
    fn max(self, a: Self::Float, b: Self::Float) -> Self::Float;
    /// 2ⁿ for whole n from −126 to 127.
    fn power_of_two(self, n: Self::Float) -> Self::Float;
    /// Sum of the lanes: halves are added, then quarters, and so on.
    fn sum(self, a: Self::Float) -> f32;
    /// Lowest lane.
    fn lowest(self, a: Self::Float) -> f32;
    /// Highest lane.
    fn highest(self, a: Self::Float) -> f32;
    /// Dot products of `ROWS` rows of bytes with the [`PANEL`] outputs of a panel. Rows hold a step
    /// for each of the panel's. Weights are within ±64: two products fit 16 bits.
    fn tile<const ROWS: usize>(self, rows: [&[[u8; STEP]]; ROWS], panel: &[Step], sums: &mut Sums);
    /// Transposes sixteen rows of sixteen.
    fn transpose(self, rows: [Self::Float; LANES]) -> [Self::Float; LANES];
}

/// Work that runs on any instruction set.
pub trait Task {
    /// What it results in.
    type Output;
    /// Does it. Implementations are `#[inline(always)]`, so that they are compiled for the
    /// instruction set of their caller.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// An instruction set of this processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstructionSet(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl InstructionSet {
    /// The fastest that this processor has.
    pub fn detect() -> Self {
        Self::all()[0]
    }

    /// All that this processor has, fastest first.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
            {
                all.push(Self(Kind::Avx512));
            }
            if is_x86_feature_detected!("avx2") {
                if is_x86_feature_detected!("avxvnni") {
                    all.push(Self(Kind::AvxVnni));
                }
                all.push(Self(Kind::Avx2));
            }
        }
        all.push(Self(Kind::Portable));
        all
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "AVX-512 VNNI",
            #[cfg(target_arch = "x86_64")]
            Kind::AvxVnni => "AVX-VNNI",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "AVX2",
            Kind::Portable => "portable",
        }
    }

    /// Runs `task` on it.
    pub fn run<T: Task>(self, task: T) -> T::Output {
        match self.0 {
            // SAFETY: a kind other than portable comes only from `all`, which has asked the
            // processor for the features that the function names.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { x86::run_avx512(task) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::AvxVnni => unsafe { x86::run_avx_vnni(task) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { x86::run_avx2(task) },
            Kind::Portable => task.run(Portable),
        }
    }
}

mod portable;
pub use portable::Portable;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
mod tests;
