#!/usr/bin/env bash
# Makes what a release consists of: for each target an archive with the binary, its completions, manual page, units and
# licences, and a bill of materials beside it; checksums of all. The same commit gives the same archives wherever the
# same compiler and linker build them.
#
#   scripts/release.sh [--out DIR] [TARGET …]
#
# Without a target: x86_64-unknown-linux-gnu, and aarch64-unknown-linux-gnu where rustup has its library and there is
# a linker for it (Debian: gcc-aarch64-linux-gnu).
set -euo pipefail
cd "$(dirname "$0")/.."

out=dist
targets=()
while (($#)); do
    case $1 in
        --out) out=${2:?--out takes a folder}; shift 2 ;;
        -*) echo "usage: scripts/release.sh [--out DIR] [TARGET …]" >&2; exit 2 ;;
        *) targets+=("$1"); shift ;;
    esac
done

host=$(rustc -vV | sed -n 's/^host: //p')
arm=aarch64-unknown-linux-gnu
if ((${#targets[@]} == 0)); then
    targets=("$host")
    # Binaries for other processors cannot be run here, so that none is made unasked where parts are missing.
    if [[ -d $(rustc --print sysroot)/lib/rustlib/$arm ]] && command -v aarch64-linux-gnu-gcc > /dev/null; then
        targets+=("$arm")
    else
        echo "$arm is left out: rustup target add $arm, and install aarch64-linux-gnu-gcc" >&2
    fi
fi
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=${CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER:-aarch64-linux-gnu-gcc}

if [[ -n $(git status --porcelain) ]]; then
    echo "there are changes that no commit has: a release is made of a commit" >&2
    exit 1
fi
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
# Paths of this machine are nobody's business, and would make the bytes depend on it.
RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$PWD=painpoint --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
export SOURCE_DATE_EPOCH RUSTFLAGS
built=${CARGO_TARGET_DIR:-target}

mkdir -p "$out"
out=$(realpath "$out")
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

# Completions and manual page are the same for all; a binary for another processor could not write them here.
cargo build --release --locked --target "$host"
painpoint=$built/$host/release/painpoint
made=()
for target in "${targets[@]}"; do
    cargo build --release --locked --target "$target"
    name=painpoint-$version-$target
    folder=$stage/$name
    mkdir -p "$folder"/{completions,man,nightly}
    cp "$built/$target/release/painpoint" "$folder/"
    "$painpoint" man > "$folder/man/painpoint.1"
    "$painpoint" completions bash > "$folder/completions/painpoint.bash"
    "$painpoint" completions zsh > "$folder/completions/_painpoint"
    "$painpoint" completions fish > "$folder/completions/painpoint.fish"
    cp README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$folder/"
    cp models/default/MODEL_CARD.md "$folder/"
    cp docs/nightly/* "$folder/nightly/"
    python3 scripts/sbom.py --target "$target" --notices "$folder/THIRD-PARTY.txt" > "$out/$name.cdx.json"
    tar --create --directory "$stage" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
        --mode='u=rwX,go=rX' "$name" | gzip --no-name --best > "$out/$name.tar.gz"
    made+=("$name.tar.gz" "$name.cdx.json")
done
(cd "$out" && sha256sum "${made[@]}" > SHA256SUMS && cat SHA256SUMS)
