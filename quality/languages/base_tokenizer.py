#!/usr/bin/env python3
"""The tokenizer of multilingual-e5-small, from the package's file and the bundled tokenizer.json (same normalizer).

    python base_tokenizer.py --own models/default/tokenizer.json --out base/tokenizer.json
"""
import argparse
import json
import pathlib

import numpy as np

from base import load

arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
arguments.add_argument("--own", type=pathlib.Path, required=True)
arguments.add_argument("--out", type=pathlib.Path, required=True)
args = arguments.parse_args()
pieces, scores, *_ = load()
spec = json.loads(args.own.read_text(encoding="utf-8"))
own = spec["model"]["vocab"]
ids = {piece: i for i, piece in enumerate(pieces)}
places = [ids[piece] for piece, _ in own]
assert places == sorted(places), "the bundled pieces keep the base's order"
apart = max(abs(score - float(scores[i])) for (_, score), i in zip(own, places))
# The package rounds scores to 32 bits; where the bundled file has a piece, its own digits stay.
exact = {piece: score for piece, score in own}
spec["model"]["vocab"] = [[piece, exact.get(piece, float(str(score)))] for piece, score in zip(pieces, scores)]
args.out.write_text(json.dumps(spec, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
np.save(args.out.parent / "kept_ids.npy", np.array(places))
print(f"{len(pieces)} pieces, {len(own)} of them bundled, scores at most {apart:.1e} apart; "
      f"{args.out.stat().st_size / 1e6:.2f} MB")
