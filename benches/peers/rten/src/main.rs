//! rten over a file of texts, one JSON object out; arguments and output as in `peer.py`:
//!
//!     rten-peer MODEL.onnx FOLDER TEXTS THREADS STARTED

use std::collections::HashMap;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use rten::{Model, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use serde_json::{Value, json};
use tokenizers::{PaddingParams, Tokenizer, TruncationParams};

/// As many texts as the other peers take at once.
const BATCH: usize = 32;

struct Peer {
    model: Model,
    tokenizer: Tokenizer,
    labels: Vec<String>,
    threads: std::sync::Arc<ThreadPool>,
}

impl Peer {
    fn new(model: &str, folder: &str, threads: usize) -> Result<Self> {
        let config = std::fs::read_to_string(format!("{folder}/own/config.json"))?;
        let config: Value = serde_json::from_str(&config)?;
        let labels: HashMap<String, String> = serde_json::from_value(config["id2label"].clone())?;
        let labels = (0..labels.len()).map(|id| labels[&id.to_string()].clone()).collect();
        let mut tokenizer = Tokenizer::from_file(format!("{folder}/own/tokenizer.json")).map_err(|e| anyhow!(e))?;
        let max_length = config["painpoint"]["max_tokens"].as_u64().context("config.json: no max_tokens")? as usize;
        let truncation = TruncationParams { max_length, ..Default::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(|e| anyhow!(e))?;
        tokenizer.with_padding(Some(PaddingParams { pad_id: 1, pad_token: "<pad>".into(), ..Default::default() }));
        let model = Model::load_file(format!("{folder}/{model}"))?;
        Ok(Self { model, tokenizer, labels, threads: ThreadPool::with_num_threads(threads).into() })
    }

    /// Labels of texts of about equal length.
    fn score(&self, texts: Vec<&str>) -> Result<Vec<String>> {
        let encodings = self.tokenizer.encode_batch(texts, true).map_err(|e| anyhow!(e))?;
        let shape = [encodings.len(), encodings[0].len()];
        let tensor = |part: fn(&tokenizers::Encoding) -> &[u32]| -> Tensor<i32> {
            let values: Vec<i32> = encodings.iter().flat_map(|e| part(e).iter().map(|&v| v as i32)).collect();
            NdTensor::from_data(shape, values).into_dyn()
        };
        let inputs = vec![
            (self.model.node_id("input_ids")?, tensor(|e| e.get_ids()).into()),
            (self.model.node_id("attention_mask")?, tensor(|e| e.get_attention_mask()).into()),
        ];
        let options = RunOptions::default().with_thread_pool(Some(self.threads.clone()));
        let [logits] = self.model.run_n(inputs, [self.model.node_id("logits")?], Some(options))?;
        let logits: NdTensor<f32, 2> = logits.try_into()?;
        let best = |row: usize| {
            (0..logits.size(1)).max_by(|&a, &b| logits[[row, a]].total_cmp(&logits[[row, b]])).expect("some label")
        };
        Ok((0..shape[0]).map(|row| self.labels[best(row)].clone()).collect())
    }

    fn score_all(&self, texts: &[String]) -> Result<Vec<String>> {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&index| texts[index].chars().count());
        let mut labels = vec![String::new(); texts.len()];
        for batch in order.chunks(BATCH) {
            let found = self.score(batch.iter().map(|&index| texts[index].as_str()).collect())?;
            for (&index, label) in batch.iter().zip(found) {
                labels[index] = label;
            }
        }
        Ok(labels)
    }
}

/// CPU seconds of this process so far.
fn cpu_seconds() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().context("/proc/self/stat")?.split_whitespace().collect();
    // utime and stime, in ticks of a hundredth of a second.
    Ok((fields[11].parse::<f64>()? + fields[12].parse::<f64>()?) / 100.0)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, folder, texts, threads, started] = arguments.as_slice() else {
        return Err(anyhow!("usage: rten-peer MODEL.onnx FOLDER TEXTS THREADS STARTED"));
    };
    let texts: Vec<String> = serde_json::from_str(&std::fs::read_to_string(texts)?)?;
    let peer = Peer::new(model, folder, threads.parse()?)?;
    peer.score_all(&texts[..1])?;
    let startup = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() - started.parse::<f64>()?;
    let (wall, cpu) = (Instant::now(), cpu_seconds()?);
    let labels = peer.score_all(&texts)?;
    let (seconds, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds()? - cpu);
    println!("{}", json!({"startup": startup, "seconds": seconds, "cpu": cpu, "labels": labels}));
    Ok(())
}
