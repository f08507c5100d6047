//! How near texts are to names, as pain points measure it (`models/train/measure/told.py` asks it for key points of reviews):
//!
//! ```sh
//! cargo run --release --example told < PAIRS > FIGURES
//! ```
//!
//! PAIRS has a line a pair: group, name and text with tabs between; a piece is as rare as it is among the texts of the group. FIGURES has the
//! cosine of the two problem vectors, and how much of the name the text says, with a tab between.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, BufRead, Write};

use painpoint::model::{Model, Score};
use painpoint::painpoint::keypoints::words::Telltale;
use painpoint::text::clean::clean;
use painpoint::text::plain::plain;

fn main() -> anyhow::Result<()> {
    let lines: Vec<String> = io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let pair = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>().try_into();
    let pairs: Vec<[String; 3]> = lines
        .iter()
        .map(|line| pair(line).map_err(|_| anyhow::anyhow!("three fields, not {line:?}")))
        .collect::<Result<_, _>>()?;
    let texts: BTreeSet<&str> =
        pairs.iter().flat_map(|[_, name, text]| [name.as_str(), text]).collect();
    let model = Model::load(None, None, rayon::current_num_threads())?;
    let read: Vec<String> = texts.iter().map(|text| plain(&clean(text)).text.into()).collect();
    let scores: HashMap<&str, Score> = texts.into_iter().zip(model.score(&read)).collect();

    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for [group, _, text] in &pairs {
        groups.entry(group).or_default().insert(text);
    }
    let mut uses: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    for (&group, texts) in &groups {
        for text in texts {
            let pieces: BTreeSet<u32> = scores[text].pieces.ids.iter().copied().collect();
            pieces.into_iter().for_each(|piece| *uses.entry((group, piece)).or_default() += 1);
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for [group, name, text] in &pairs {
        let (name, text) = (&scores[name.as_str()], &scores[text.as_str()]);
        let n = groups[group.as_str()].len() as f32;
        let uses = |piece| uses.get(&(group.as_str(), piece)).copied().unwrap_or_default();
        let words = Telltale::new(name.pieces.clone(), n, uses);
        let said = words.pieces.said_by(&text.pieces, &words.weights).unwrap_or_default();
        let pairs = name.problem().iter().zip(text.problem());
        writeln!(out, "{}\t{said}", pairs.map(|(a, b)| a * b).sum::<f32>())?;
    }
    Ok(out.flush()?)
}
