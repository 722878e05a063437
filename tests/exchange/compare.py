"""Exports runs in every way and compares what onnxruntime computes of them: of trained ones with what tailor does, the
test vectors of `tailor pack`; of graphs of every op with PyTorch's vectors in tests/vectors/.  Also onnx's own checks.
Called by tests/export_test.sh where onnx and onnxruntime are.

    python3 tests/exchange/compare.py FOLDER          from the project's root; FOLDER takes the runs
"""
import json
import os
import shutil
import subprocess
import sys
import tarfile

import numpy as np
import onnx
import onnxruntime

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from make_run import make_run                                                 # noqa: E402
from dump_onnx import dump                                                    # noqa: E402

MAP = 'output("same_map", grad_cam(pick(logits, argmax(logits)), features, { resize = { 28, 28 } }))\n'
CASES = {       # graph file, settings; whether it has features of which a map can be made
    "mlp": ("mlp.lua", ["width=16"], False),
    "cnn": ("cnn.lua", ["width=4"], True),
    "inverted": ("cnn.lua", ["width=4", "norm=true", "block=inverted", "skip=true", "pooling=avg", "head=flatten"],
                 True),
    "decoy_cnn": ("decoy_cnn.lua", ["first=4", "second=6", "hidden=16"], True),
    "cnn_cam": ("cnn_cam.lua", ["width=4"], True),
    "resnet": ("resnet.lua", ["depth=8", "width=4", "storage=bf16"], True),
    "convnext": ("convnext.lua", ["dim=4", "depth=1"], True),
    "convnext_v2": ("convnext.lua", ["dim=4", "depth=1", "version=2"], True),
    "odd": ("odd.lua", [], True),
    "norms": ("norms.lua", [], True),
    "gates": ("gates.lua", [], True),
    "coupled": ("coupled.lua", [], True),
}
NUMPY = {"F64": np.float64, "F32": np.float32, "I32": np.int32, "I64": np.int64}


def read_tensors(data):
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    return {name: np.frombuffer(data[8 + size + t["data_offsets"][0]:8 + size + t["data_offsets"][1]],
                                NUMPY[t["dtype"]]).reshape(t["shape"])
            for name, t in header.items() if name != "__metadata__"}


def tailor(*words):
    return subprocess.run(["./tailor", *words], check=True, capture_output=True, text=True)


def vectors_of(folder, name, graph, settings, has_map):
    run, sources = os.path.join(folder, name), os.path.join(folder, name + ".graphs")
    shutil.copytree("graphs", sources)
    for file in ("odd.lua", "norms.lua", "gates.lua", "coupled.lua"):
        shutil.copy(os.path.join("tests/exchange", file), sources)
    path = os.path.join(sources, graph)
    if has_map:
        with open(path, "a") as file:
            file.write(MAP)
    flags = [word for setting in settings for word in ("--set", setting)]
    tailor("train", path, "--data", "digits", "--epochs", "1", "--threads", "1", "--out", run, *flags)
    tailor("pack", run, "-o", run + ".tar.gz")
    with tarfile.open(run + ".tar.gz") as archive:
        member = next(m for m in archive.getmembers() if m.name.endswith(".vectors.safetensors"))
        return run, read_tensors(archive.extractfile(member).read())


def turned(x, nhwc, batch):
    image = x.ndim == 4 and x.shape[0] == batch                               # not a weight, nor its gradient
    return np.ascontiguousarray(x.transpose(0, 3, 1, 2)) if image and not nhwc else x


def compare(run, vectors, flags):
    path, nhwc = run + ".onnx", "--nhwc" in flags
    tailor("export", run, "-o", path, *flags)
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    assert model.SerializeToString() == open(path, "rb").read(), "onnx writes other bytes"
    for _ in dump(path):
        pass
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    batch = len(vectors["1/image"])
    feed = {i.name: turned(vectors["1/" + i.name], nhwc, batch) for i in session.get_inputs()}
    feed = {name: x.astype(np.int64) if x.dtype == np.int32 else x for name, x in feed.items()}
    worst = 0
    for output, is_now in zip(session.get_outputs(), session.run(None, feed)):
        name = {"grad_cam": "predict/same_map"}.get(output.name, "predict/" + output.name)
        should = turned(vectors[name], nhwc, batch)
        assert is_now.shape == should.shape, f"{output.name} is {is_now.shape}, against {should.shape}"
        error = np.abs(is_now.astype(np.float64) - should).max() / max(np.abs(should).max(), 1e-30)
        # maps are sums that nearly cancel: of both programs they are as far from those in double
        limit = 1e-4 if "map" in name or "layer" in name else 1e-5
        assert error < limit, f"{output.name} is off by {error:.2g}"
        worst = max(worst, error)
    alone = session.run(None, {name: x[:3] for name, x in feed.items()})             # any size of batch
    assert all(np.isfinite(x).all() for x in alone)
    return worst, len(model.graph.node)


# of those whose values do not hang on a batch's statistics
VECTORS = ["transposed", "pools", "convolutions", "shapes", "reductions", "matmul", "similarities", "activations",
           "maps_linear", "maps_hidden", "large", "objectives_linear", "cam_linear", "cam_hidden"]


def compare_with_torch(folder, name):
    """What a graph gives of PyTorch's inputs and parameters, against PyTorch's values of those names."""
    feed, should = (read_tensors(open(f"tests/vectors/{name}.{what}.safetensors", "rb").read())
                    for what in ("feed", "expect"))
    kind, _, head = name.partition("_")
    graph = {"cam": "camlike"}.get(kind, kind)
    run = os.path.join(folder, "torch_" + name)
    make_run(run, f"tests/vectors/graphs/{graph}.lua", [f"head={head}"] if head else [],
             given={name: x.astype(np.float32).ravel().tolist() for name, x in feed.items()})
    tailor("export", run, "-o", run + ".onnx", "--nhwc")
    onnx.checker.check_model(onnx.load(run + ".onnx"), full_check=True)
    session = onnxruntime.InferenceSession(run + ".onnx", providers=["CPUExecutionProvider"])
    inputs = {i.name: feed[i.name].astype(np.int64 if "int" in i.type else np.float32) for i in session.get_inputs()}
    worst = compared = 0
    for output, is_now in zip(session.get_outputs(), session.run(None, inputs)):
        if output.name not in should:
            continue
        wanted = should[output.name]
        assert is_now.shape == wanted.shape, f"{output.name} is {is_now.shape}, against {wanted.shape}"
        worst = max(worst, np.abs(is_now - wanted).max() / max(np.abs(wanted).max(), 1e-30))
        assert worst < 1e-5, f"{output.name} is off by {worst:.2g}"
        compared += 1
    assert compared, "nothing was compared"
    return compared, worst


def main(folder):
    wrong = 0
    for name in VECTORS:
        try:
            compared, worst = compare_with_torch(folder, name)
            print(f"{name} of tests/vectors: {compared} values, off by at most {worst:.1e}")
        except Exception as error:
            print(f"WRONG: {name} of tests/vectors: {str(error)[:400]}")
            wrong += 1
    for name, (graph, settings, has_map) in CASES.items():
        run, vectors = vectors_of(folder, name, graph, settings, has_map)
        for flags in [[], ["--nhwc"], *([["--maps"]] if has_map else []),
                      *(["--opset", str(n), *(["--maps"] if has_map else [])] for n in (13, 16, 18, 20, 21, 23))]:
            try:
                worst, nodes = compare(run, vectors, flags)
                print(f"{name} {' '.join(flags)}: {nodes} nodes, off by at most {worst:.1e}")
            except Exception as error:                                       # each case is said
                print(f"WRONG: {name} {' '.join(flags)}: {str(error)[:400]}")
                wrong += 1
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main(sys.argv[1])
