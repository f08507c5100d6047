#!/usr/bin/env bash
# painpoint beside what people use today: the same texts, the same machine, one after the other in
# every round, and the median over the rounds.
#
#     benches/peers/run.sh [--texts FILE] [--limit N] [--rounds N] [--threads N] [--only NAME]... [--json FILE]
#
# Builds the release binary unless PAINPOINT names one. The Python packages (some 3 GB) and the exported
# models (1.3 GB) go to ${XDG_CACHE_HOME:-~/.cache}/painpoint/peers, once; PEERS_PYTHON names a Python that
# has the packages of requirements.txt already.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/painpoint/peers
mkdir -p "$cache"

python=${PEERS_PYTHON:-$cache/venv/bin/python}
if [[ -z ${PEERS_PYTHON:-} ]] && ! cmp --quiet "$here/requirements.txt" "$cache/venv/requirements.txt"; then
    echo "fetching the packages of requirements.txt into $cache/venv, once" >&2
    python3 -m venv --clear "$cache/venv"
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$cache/venv/requirements.txt"
fi

if [[ -z ${PAINPOINT:-} ]]; then
    cargo build --release --locked --quiet --manifest-path "$root/Cargo.toml" >&2
    PAINPOINT=${CARGO_TARGET_DIR:-$root/target}/release/painpoint
fi

# rten is a Rust library: a small program around it, built apart from painpoint.
CARGO_TARGET_DIR=$cache/rten cargo build --release --locked --quiet --manifest-path "$here/rten/Cargo.toml" >&2

exec "$python" "$here/compare.py" --painpoint "$PAINPOINT" --model "$root/models/default" \
    --samples "$root/samples" --cache "$cache" --rten "$cache/rten/release/rten-peer" "$@"
