//! What each part of the engine costs, beside what the processor can do: the tables of
//! `docs/performance.md`.
//!
//! ```sh
//! cargo bench --bench engine
//! ```
//!
//! One thread. Every figure is the best of many short repetitions: other programs only make them
//! slower.

#![allow(clippy::print_stdout, reason = "the tables are what this is for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use painpoint::model::packed::attention::{Attention, HeadBuffers};
use painpoint::model::packed::kernels::{
    NormView, Quantization, gelu, lanes, lanes_mut, layer_norm, quantize,
};
use painpoint::model::packed::product::{ByteRows, Epilogue, PackedWeights};
use painpoint::model::packed::simd::{InstructionSet, Simd, Task};
use painpoint::model::{Model, Precision};
use painpoint::text::Language;
use painpoint::text::clean::clean;
use painpoint::text::language::detect;
use painpoint::text::split::mentions;
use painpoint::text::terms::terms;

/// Sizes of the bundled model.
const LAYERS: f64 = 12.0;
const HIDDEN: usize = 384;
const INNER: usize = 1536;
const HEAD: usize = 32;

/// Rows of a batch.
const ROWS: usize = 256;

/// Integer operations of the products of one token, a multiplication and an addition counted as two.
const OPERATIONS: f64 = LAYERS * 2.0 * (4 * HIDDEN * HIDDEN + 2 * HIDDEN * INNER) as f64;

fn main() {
    let peak = peak();
    println!("int8 peak, a loop of VPDPBUSD: {:.0} GOPS\n", peak / 1e9);
    for set in InstructionSet::all() {
        println!("## {}\n", set.name());
        products(set, peak);
        rows(set);
        attention(set);
    }
    text();
    for precision in [Precision::Int8, Precision::F32] {
        whole(precision, peak);
    }
}

/// Seconds of the best repetition within a second.
fn best(mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut best = f64::MAX;
    while start.elapsed() < Duration::from_secs(1) {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}

/// Operations a second of a loop that does nothing but VPDPBUSD on registers; none without it.
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "the instruction has no other name")]
fn peak() -> f64 {
    use std::arch::x86_64::*;

    const CHAINS: usize = 16;
    const TURNS: usize = 20_000;

    #[target_feature(enable = "avx512f,avx512vnni")]
    fn turns(x: __m512i, w: __m512i) -> i32 {
        let mut sums = [_mm512_setzero_si512(); CHAINS];
        for _ in 0..TURNS {
            for sum in &mut sums {
                *sum = _mm512_dpbusd_epi32(*sum, x, w);
            }
        }
        sums.iter().map(|sum| _mm512_reduce_add_epi32(*sum)).sum()
    }

    if !is_x86_feature_detected!("avx512f") || !is_x86_feature_detected!("avx512vnni") {
        return f64::NAN;
    }
    let bytes: i32 = black_box(0x0102_0304);
    let seconds = best(|| {
        // SAFETY: the processor has the two features.
        let sum = unsafe { turns(_mm512_set1_epi32(bytes), _mm512_set1_epi32(bytes)) };
        black_box(sum);
    });
    // 64 products and 64 sums an instruction.
    (TURNS * CHAINS * 128) as f64 / seconds
}

#[cfg(not(target_arch = "x86_64"))]
fn peak() -> f64 {
    f64::NAN
}

struct Store<'a>(&'a mut [f32], usize);

impl Epilogue for Store<'_> {
    #[inline(always)]
    fn take<S: Simd>(&mut self, simd: S, row: usize, chunk: usize, values: S::Float) {
        simd.store(values, &mut lanes_mut(&mut self.0[row * self.1..][..self.1])[chunk]);
    }
}

struct StoreGelu<'a>(Store<'a>);

impl Epilogue for StoreGelu<'_> {
    #[inline(always)]
    fn take<S: Simd>(&mut self, simd: S, row: usize, chunk: usize, values: S::Float) {
        self.0.take(simd, row, chunk, gelu(simd, values));
    }
}

struct Product<'a, E>(&'a PackedWeights, &'a ByteRows, E);

impl<E: Epilogue> Task for Product<'_, E> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, simd: S) {
        self.0.multiply(simd, self.1, &mut self.2);
    }
}

fn noise(n: usize) -> Vec<f32> {
    (0..n).map(|i| (i * 7919 % 1000) as f32 / 500.0 - 1.0).collect()
}

fn products(set: InstructionSet, peak: f64) {
    println!("| product, {ROWS} rows | µs a token | GOPS | of the peak |\n|---|---:|---:|---:|");
    for (name, outputs, inputs, with_gelu) in [
        ("query, key, value", 3 * HIDDEN, HIDDEN, false),
        ("attention output", HIDDEN, HIDDEN, false),
        ("intermediate, GELU", INNER, HIDDEN, true),
        ("output", HIDDEN, INNER, false),
    ] {
        let values: Vec<i8> =
            (0..outputs * inputs).map(|i| ((i * 31 % 127) as i32 - 63) as i8).collect();
        let weights = PackedWeights::new(&values, inputs, vec![0.001; outputs], vec![0.1; outputs]);
        let mut bytes = ByteRows::default();
        bytes.resize(ROWS, inputs);
        set.run(Quantize { rows: &noise(ROWS * inputs), width: inputs, out: &mut bytes });
        let mut y = vec![0.0; ROWS * outputs];
        let seconds = best(|| {
            let store = Store(&mut y, outputs);
            if with_gelu {
                set.run(Product(&weights, &bytes, StoreGelu(store)));
            } else {
                set.run(Product(&weights, &bytes, store));
            }
        });
        let operations = 2.0 * (ROWS * outputs * inputs) as f64 / seconds;
        println!(
            "| {name}: {outputs} × {inputs} | {:.2} | {:.0} | {:.0} % |",
            seconds * 1e6 / ROWS as f64,
            operations / 1e9,
            operations / peak * 100.0
        );
    }
    println!();
}

struct Quantize<'a> {
    rows: &'a [f32],
    width: usize,
    out: &'a mut ByteRows,
}

impl Task for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        for (number, row) in self.rows.chunks_exact(self.width).enumerate() {
            let (bytes, quantization): (_, &mut Quantization) = self.out.row_mut(number);
            *quantization = quantize(simd, row, bytes);
        }
    }
}

struct Normalise<'a>(&'a mut [f32], &'a [f32]);

impl Task for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        for row in self.0.chunks_exact_mut(self.1.len()) {
            layer_norm(simd, row, NormView { weight: self.1, bias: self.1, epsilon: 1e-12 });
        }
    }
}

fn rows(set: InstructionSet) {
    println!("| row | µs a token |\n|---|---:|");
    for width in [HIDDEN, INNER] {
        let mut out = ByteRows::default();
        out.resize(ROWS, width);
        let rows = noise(ROWS * width);
        let seconds = best(|| set.run(Quantize { rows: &rows, width, out: &mut out }));
        println!("| quantise {width} | {:.2} |", seconds * 1e6 / ROWS as f64);
    }
    let mut rows = noise(ROWS * HIDDEN);
    let weight = noise(HIDDEN);
    let seconds = best(|| set.run(Normalise(&mut rows, &weight)));
    println!("| layer norm {HIDDEN} | {:.2} |\n", seconds * 1e6 / ROWS as f64);
}

fn attention(set: InstructionSet) {
    println!("| attention, tokens a text | µs a token |\n|---|---:|");
    for length in [8, 16, 20, 30, 51, 128] {
        let texts = ROWS / length;
        let tokens = texts * length;
        let projected = noise(tokens * 3 * HIDDEN);
        let mut context = vec![0.0; tokens * HIDDEN];
        let mut buffers = HeadBuffers::default();
        let seconds = best(|| {
            set.run(Attention {
                projected: &projected,
                sequences: (0..texts).map(|text| text * length..(text + 1) * length),
                hidden: HIDDEN,
                size: HEAD,
                context: &mut context,
                buffers: &mut buffers,
            });
        });
        black_box(lanes(&context));
        println!("| {length} | {:.2} |", seconds * 1e6 / tokens as f64);
    }
    println!();
}

/// A feedback of several mentions.
const FEEDBACK: &str = "Die Lieferung kam zwei Wochen zu spät und das Paket war beschädigt. Der \
    Techniker war freundlich, aber die Hotline hat mich dreimal weiterverbunden. Die Rechnung stimmt \
    bis heute nicht! Trotzdem: die App läuft jetzt gut.";

fn text() {
    let model = Model::load(None, Some(Precision::Int8), 1).expect("the bundled model is sound");
    println!("## Text\n\n| part, a feedback of {} bytes | µs |\n|---|---:|", FEEDBACK.len());
    let line = |name: &str, seconds: f64| println!("| {name} | {:.1} |", seconds * 1e6);
    line("language", best(|| _ = black_box(detect(FEEDBACK))));
    line("splitting", best(|| _ = black_box(mentions(FEEDBACK, Language::De))));
    line("cleaning", best(|| _ = black_box(clean(FEEDBACK))));
    line("terms", best(|| _ = black_box(terms(FEEDBACK, Language::De))));
    let tokens = model.tokens(FEEDBACK);
    line(&format!("tokenising ({tokens} tokens)"), best(|| _ = black_box(model.tokens(FEEDBACK))));
    println!();
}

/// A text of so many tokens, the two markers included.
fn text_of(model: &Model, tokens: usize) -> String {
    let mut text = String::new();
    for word in FEEDBACK.split(' ').cycle().take(10 * tokens) {
        let longer = format!("{text} {word}");
        if model.tokens(&longer) <= tokens {
            text = longer;
        }
    }
    text
}

fn whole(precision: Precision, peak: f64) {
    let model = Model::load(None, Some(precision), 1).expect("the bundled model is sound");
    println!("## The whole pass, {precision:?}, tokenising included\n");
    println!(
        "| tokens a text | texts a second | µs a token | GOPS | of the peak |\n|---:|---:|---:|---:|---:|"
    );
    for length in [8, 12, 20, 30, 51, 128] {
        let text = text_of(&model, length);
        let tokens = model.tokens(&text);
        let texts = vec![text; 2048 / length];
        let seconds = best(|| _ = black_box(model.score(&texts)));
        let operations = OPERATIONS * (tokens * texts.len()) as f64 / seconds;
        println!(
            "| {tokens} | {:.0} | {:.0} | {:.0} | {:.0} % |",
            texts.len() as f64 / seconds,
            seconds * 1e6 / (tokens * texts.len()) as f64,
            operations / 1e9,
            operations / peak * 100.0
        );
    }
    println!();
}
