"""Runs one peer over a file of texts and prints one JSON object:

    python peer.py NAME FOLDER TEXTS THREADS STARTED

FOLDER holds the exports, TEXTS is a JSON list, STARTED the clock (`time.time`) when this process was asked for. Start-up
ends with the first text scored; the texts are scored after that.
"""
import json
import os
import sys
import time

BATCH = 32


def sorted_batches(texts):
    """Batches of texts of about equal length: as little padding as can be."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    for start in range(0, len(order), BATCH):
        yield order[start:start + BATCH]


def batched(score, texts):
    labels = [None] * len(texts)
    for batch in sorted_batches(texts):
        for index, label in zip(batch, score([texts[index] for index in batch])):
            labels[index] = label
    return labels


def names(folder):
    config = json.load(open(f"{folder}/own/config.json"))
    return [config["id2label"][str(index)] for index in range(len(config["id2label"]))]


def pytorch(folder, threads):
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    torch.set_num_threads(threads)
    tokenizer = AutoTokenizer.from_pretrained(f"{folder}/own")
    model = AutoModelForSequenceClassification.from_pretrained(f"{folder}/own").eval()
    labels = names(folder)

    @torch.inference_mode()
    def score(texts):
        inputs = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        return [labels[index] for index in model(**inputs).logits.argmax(-1).tolist()]

    return lambda texts: batched(score, texts)


def onnxruntime(file):
    def load(folder, threads):
        import onnxruntime
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(f"{folder}/own/tokenizer.json")
        tokenizer.enable_truncation(json.load(open(f"{folder}/own/config.json"))["painpoint"]["max_tokens"])
        tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(f"{folder}/{file}", options, providers=["CPUExecutionProvider"])
        labels = names(folder)

        def score(texts):
            encodings = tokenizer.encode_batch(texts)
            inputs = {
                "input_ids": [encoding.ids for encoding in encodings],
                "attention_mask": [encoding.attention_mask for encoding in encodings],
            }
            import numpy
            inputs = {name: numpy.asarray(rows, dtype=numpy.int64) for name, rows in inputs.items()}
            return [labels[index] for index in session.run(None, inputs)[0].argmax(-1)]

        return lambda texts: batched(score, texts)

    return load


def pipeline(model):
    """As the documentation of transformers shows it: a list of texts in, a label each out."""
    def load(folder, threads):
        import torch
        from transformers import pipeline

        torch.set_num_threads(threads)
        classify = pipeline("sentiment-analysis", model=f"{folder}/{model}", device="cpu")
        return lambda texts: [result["label"] for result in classify(texts, truncation=True)]

    return load


def vader(_folder, _threads):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()

    def label(text):
        # The thresholds of its README.
        compound = analyzer.polarity_scores(text)["compound"]
        return "positive" if compound >= 0.05 else "negative" if compound <= -0.05 else "neutral"

    return lambda texts: [label(text) for text in texts]


PEERS = {
    "ort-int8": onnxruntime("own.int8.onnx"),
    "ort-f32": onnxruntime("own.onnx"),
    "pytorch": pytorch,
    "pipeline": pipeline("own"),
    "pipeline-xlmr": pipeline("xlmr"),
    "vader": vader,
}


def main():
    name, folder, texts, threads, started = sys.argv[1:]
    texts = json.load(open(texts))
    os.environ["HF_HUB_OFFLINE"] = "1"
    score = PEERS[name](folder, int(threads))
    score(texts[:1])
    startup = time.time() - float(started)
    wall, cpu = time.perf_counter(), time.process_time()
    labels = score(texts)
    seconds, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"startup": startup, "seconds": seconds, "cpu": cpu, "labels": labels}))


if __name__ == "__main__":
    main()
