"""A finished run that nobody trained, for tests of what a run becomes: its weights follow from their names.

    python3 tests/exchange/make_run.py RUN GRAPH [NAME=VALUE]...         from the project's root; RUN is new

It is what `tailor train` leaves, but for what the trainer alone can say: run.json with the weights' sha256, the files
of the graph, weights.safetensors.  GRAPH lies in a folder that holds all files which it uses.
"""
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
from array import array


def numbers(name, shape):
    """Even in -0.35 .. 0.35, and around 1 for what multiplies; the same on every machine."""
    n, state = 1, int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")
    for size in shape:
        n *= size
    positive = name.endswith(("running_var", "norm.weight", "gamma.weight")) or len(shape) == 1 and "bn" in name
    values = array("f")
    for _ in range(n):
        state = (state * 1664525 + 1013904223) % 2 ** 32
        values.append((state >> 8) / 2 ** 24 * 0.7 + (0.65 if positive else -0.35))
    return values


def tensors_of(graph, settings=(), tailor="./tailor"):
    """The record of `tailor check`, and the parameters and states: a list of names, shapes and numbers."""
    flags = [word for setting in settings for word in ("--set", setting)]
    record = json.loads(subprocess.run([tailor, "check", graph, "--json", *flags], check=True, capture_output=True,
                                       text=True).stdout)
    return record, [(t["name"], t["shape"], numbers(t["name"], t["shape"]))
                    for t in record["parameters"] + record.get("states", [])]


def write_tensors(path, tensors):
    header, at = {"__metadata__": {"format": "pt"}}, 0
    for name, shape, values in tensors:
        size = len(values) * 4
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, _, values in tensors:
            file.write(values.tobytes())


def make_run(run, graph, settings=(), tailor="./tailor", given=None):
    """given: numbers in place of those that follow from the names."""
    record, tensors = tensors_of(graph, settings, tailor)
    tensors = [(name, shape, array("f", given[name]) if given and name in given else values)
               for name, shape, values in tensors]
    folder, file = os.path.split(graph)
    os.makedirs(run)
    shutil.copytree(folder or ".", os.path.join(run, "graphs"))
    with open(os.path.join(run, "graph.txt"), "w") as out:
        out.write(f"graphs/{file}\n")
    write_tensors(os.path.join(run, "weights.safetensors"), tensors)
    sha256 = hashlib.sha256(b"".join(values.tobytes() for _, _, values in tensors)).hexdigest()
    made = {"name": record["name"], "graph_hash": record["graph_hash"], "options": record["options"], "seed": 1,
            "data": {"name": "digits", "sha256": {}}, "weights_sha256": sha256}
    with open(os.path.join(run, "run.json"), "w") as out:
        json.dump(made, out, indent=1)


if __name__ == "__main__":
    make_run(sys.argv[1], sys.argv[2], sys.argv[3:])
