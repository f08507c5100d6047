#!/usr/bin/env python3
"""What PyTorch makes of twenty texts with a shipped model directory: the yardstick of the engine's tests.

    python -m measure.reference MODEL OUT.json

float32 arithmetic on the dequantised weights; no activation is quantised, nothing is padded, one text at a time.
"""
import json
import pathlib
import sys

import torch
from tokenizers import Tokenizer

from train import model as network

TEXTS = [
    "ok",
    "Super!",
    "👍",
    "😡😡😡 nie wieder",
    "Die Lieferung kam zwei Wochen zu spät und niemand ging ans Telefon.",
    "Der Techniker war pünktlich, freundlich und hat alles in zehn Minuten repariert. Vielen Dank!",
    "Produkt super, aber Lieferung katastrophal",
    "Übrigens: Öffnungszeiten für Ärzte gemäß § 5, Größe 38½ – 12,50 €",
    "Ich habe am Montag bestellt.",
    "wäre schön, wenn es die app auch für tablets gäbe",
    "late delivery",
    "The hotline kept me waiting for 45 minutes and then just hung up. Unacceptable.",
    "I can't say I was disappointed, it's not bad at all.",
    "@user my order still hasn't arrived http",
    "Le service client est très aimable, mais le colis est arrivé abîmé.",
    "¡Excelente atención! Volveré sin duda.",
    "La camera era sporca e il personale scortese.",
    "Prima service, snelle levering, aanrader.",
    "O aplicativo trava toda hora e não consigo pagar a fatura 😤",
    "Wir haben die Waschmaschine Anfang März im Onlineshop bestellt, die Lieferung sollte laut Bestätigung innerhalb von "
    "fünf Werktagen erfolgen, wurde dann aber dreimal ohne Angabe von Gründen verschoben, beim vierten Termin stand der "
    "Fahrer zwar vor der Tür, wollte das Gerät jedoch nicht in den zweiten Stock tragen, obwohl wir den Service „Lieferung "
    "bis zum Aufstellort“ für 39,90 € dazugebucht hatten, und an der Hotline erklärte man uns nach einer halben Stunde in "
    "der Warteschleife, dafür sei ausschließlich die Spedition zuständig.",
]


@torch.inference_mode()
def main(folder: str, out: str) -> None:
    folder = pathlib.Path(folder)
    model = network.from_export(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        logits, meaning = model(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.long))
        rows.append({"text": text, "ids": ids, "logits": logits[0].tolist(), "meaning": meaning[0].tolist()})
        print(len(ids), [round(x, 3) for x in rows[-1]["logits"]], text[:60])
    pathlib.Path(out).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
