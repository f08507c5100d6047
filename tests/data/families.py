#!/usr/bin/env python3
"""What Hugging Face's transformers makes of the tiny models that the engine is tested with: families.json.

    cargo test --release --lib -- --ignored write_tiny_models
    python tests/data/families.py target/families > tests/data/families.json

Needs torch and transformers as models/train/requirements.txt has them. float32, one text at a time; the meaning is the
mean of the last hidden states, L2-normalised.
"""
import json
import pathlib
import sys

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForSequenceClassification

# The last text has as many tokens as the positions of RoBERTa leave room for, in some families.
TEXTS = [
    "",
    "late",
    "The parcel is late.",
    "Good, goodness!",
    "Lieferung spät",
    "is is is is is",
]


@torch.inference_mode()
def references(folder: pathlib.Path) -> list[dict]:
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rows = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        out = model(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids)), output_hidden_states=True)
        meaning = torch.nn.functional.normalize(out.hidden_states[-1][0].mean(0), dim=0)
        rounded = [[round(x, 6) for x in values.tolist()] for values in (out.logits[0], meaning)]
        rows.append({"text": text, "ids": ids, "logits": rounded[0], "meaning": rounded[1]})
    return rows


def main() -> None:
    folders = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir())
    print("{")
    for last, folder in zip([False] * (len(folders) - 1) + [True], folders):
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in references(folder))
        print(f'{json.dumps(folder.name)}: [\n{lines}\n]{"" if last else ","}')
    print("}")


if __name__ == "__main__":
    main()
