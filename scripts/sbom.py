#!/usr/bin/env python3
"""Prints the bill of materials of the binary as CycloneDX 1.5: the crates that are in it, and the model.

    scripts/sbom.py [--target TARGET] [--notices FILE] > painpoint.cdx.json

--notices writes the licence texts of these crates into a file. Only what Python brings is needed, and cargo.
"""

import argparse
import json
import os
import subprocess
import tomllib
import uuid
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LICENCES = ("LICEN", "COPYING", "NOTICE", "UNLICENSE")


def metadata(target):
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    if target:
        command += ["--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def linked(cargo):
    """The packages that end up in the binary: not those of tests, of build scripts and of macros."""
    macros = {
        package["id"]
        for package in cargo["packages"]
        if any("proc-macro" in target["kind"] for target in package["targets"])
    }
    nodes = {node["id"]: node for node in cargo["resolve"]["nodes"]}
    root = cargo["resolve"]["root"]
    found, open_ids = {root: []}, [root]
    while open_ids:
        own = open_ids.pop()
        for dependency in nodes[own]["deps"]:
            is_linked = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if is_linked and dependency["pkg"] not in macros:
                found[own].append(dependency["pkg"])
                if dependency["pkg"] not in found:
                    found[dependency["pkg"]] = []
                    open_ids.append(dependency["pkg"])
    return root, found


def reference(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, checksums):
    own = {
        "type": "library",
        "bom-ref": reference(package),
        "name": package["name"],
        "version": package["version"],
        "purl": reference(package),
    }
    if package.get("license"):
        # Cargo once wrote a choice with a slash.
        own["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if checksum := checksums.get((package["name"], package["version"])):
        own["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return own


def model():
    folder = ROOT / "models/default"
    sums = [line.split() for line in (folder / "SHA256SUMS").read_text().splitlines()]
    config = json.loads((folder / "config.json").read_text())
    version = config.get("painpoint", {}).get("version", "")
    return {
        "type": "machine-learning-model",
        "bom-ref": "model",
        "name": "painpoint-default",
        "version": version,
        "description": "The model in the binary; MODEL_CARD.md has its data and its limits",
        "licenses": [{"expression": "MIT"}],
        "components": [
            {"type": "data", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}
            for digest, name in sums
        ],
    }


def notices(packages):
    first = {}
    for package in packages:
        folder = Path(package["manifest_path"]).parent
        texts = sorted(
            path for path in folder.iterdir() if path.is_file() and path.name.upper().startswith(LICENCES)
        )
        yield f"{'=' * 80}\n{package['name']} {package['version']}: {package.get('license') or 'see below'}\n"
        for path in texts:
            text = path.read_text(errors="replace").strip()
            shown = first.setdefault(text, package["name"])
            yield f"{'-' * 80}\n{text if shown == package['name'] else f'{path.name}: as that of {shown}'}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target")
    parser.add_argument("--notices", type=Path)
    arguments = parser.parse_args()
    cargo = metadata(arguments.target)
    by_id = {package["id"]: package for package in cargo["packages"]}
    root, found = linked(cargo)
    packages = sorted((by_id[own] for own in found if own != root), key=reference)
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    checksums = {(own["name"], own["version"]): own.get("checksum") for own in lock}
    program = component(by_id[root], checksums) | {"type": "application"}
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", datetime.now(timezone.utc).timestamp()))
    graph = [
        {
            "ref": reference(by_id[own]),
            "dependsOn": sorted({reference(by_id[other]) for other in others})
            + (["model"] if own == root else []),
        }
        for own, others in sorted(found.items(), key=lambda item: reference(by_id[item[0]]))
    ]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": program,
            "properties": [{"name": "target", "value": arguments.target or "all"}],
        },
        "components": [component(own, checksums) for own in packages] + [model()],
        "dependencies": graph,
    }
    # Of what is in it, so that the same release has the same number wherever it is made.
    bill["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bill, sort_keys=True)).urn
    print(json.dumps(bill, indent=2, ensure_ascii=False))
    if arguments.notices:
        arguments.notices.write_text("\n".join(notices(packages)))


if __name__ == "__main__":
    main()
