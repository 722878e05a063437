"""An ONNX model as text: nodes, initializers, inputs, outputs, shapes.  It reads the file by itself, with no part of
tailor and none of onnx, and fails where a tensor has no shape or a name is not known.

    python3 tests/exchange/dump_onnx.py MODEL.onnx [WEIGHTS.safetensors]    compares the initializers with the weights
"""
import json
import math
import struct
import sys


def fields(data):
    at = 0

    def varint():
        nonlocal at
        number = shift = 0
        while True:
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number - 2 ** 64 if number >= 2 ** 63 else number

    while at < len(data):
        tag = varint()
        if tag & 7 == 0:
            value = varint()
        elif tag & 7 == 2:
            size = varint()
            value, at = data[at:at + size], at + size
            assert len(value) == size, "a field is longer than the file"
        elif tag & 7 == 5:
            value, at = struct.unpack("<f", data[at:at + 4])[0], at + 4
        else:
            raise ValueError(f"a field of kind {tag & 7}")
        yield tag >> 3, value


def message(data):
    found = {}
    for number, value in fields(data):
        found.setdefault(number, []).append(value)
    return found


def text(m, number):
    return m.get(number, [b""])[0].decode()


def shape_of(value):
    tensor = message(message(message(value)[2][0])[1][0])
    dims = [message(d) for d in message(tensor[2][0]).get(1, [])]
    kind = {1: "float", 7: "int64", 9: "bool", 16: "bfloat16"}[tensor[1][0]]
    return f"{kind}[{', '.join(str(d[1][0]) if 1 in d else text(d, 2) for d in dims)}]"


def attribute(data):
    m = message(data)
    kind = m[20][0]
    value = {1: lambda: f"{m[2][0]:.9g}", 2: lambda: m[3][0], 3: lambda: text(m, 4),
             7: lambda: "[" + ", ".join(map(str, m.get(8, []))) + "]"}[kind]()
    return f"{text(m, 1)}={value}"


def read_weights(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    return {name: (t["shape"], data[8 + size + t["data_offsets"][0]:8 + size + t["data_offsets"][1]])
            for name, t in header.items() if name != "__metadata__"}


def dump(path, weights=None):
    model = message(open(path, "rb").read())
    graph = message(model[7][0])
    yield (f"ir {model[1][0]}, opset {message(model[8][0])[2][0]}, producer {text(model, 2)}, graph {text(graph, 2)}")
    known = {}
    for value in graph[11] + graph[12] + graph.get(13, []):
        name = text(message(value), 1)
        assert name not in known, f"{name} has two shapes"
        known[name] = shape_of(value)
    constants = [message(c) for c in graph.get(5, [])]
    names = {text(c, 8) for c in constants} | {text(message(v), 1) for v in graph[11]}
    for value in graph[11]:
        yield f"input {text(message(value), 1)} {shape_of(value)}"
    for c in constants:
        size = math.prod(c.get(1, [])) * (8 if c[2][0] == 7 else 4)
        assert size == len(c[9][0]), f"{text(c, 8)} has {len(c[9][0])} bytes"
        yield f"initializer {text(c, 8)} {c.get(1, [])}"
        if weights is not None and "/" not in text(c, 8):
            assert weights[text(c, 8)] == (c.get(1, []), c[9][0]), f"{text(c, 8)} is not the run's"
    for node in graph.get(1, []):
        m = message(node)
        reads, makes = [r.decode() for r in m.get(1, [])], [r.decode() for r in m[2]]
        for name in reads:
            assert not name or name in names, f"{name} is read before it is made"
        for name in makes:
            assert name in known and name not in names, f"{name} has no shape, or is made twice"
            names.add(name)
        line = f"{text(m, 4)}({', '.join(reads)}) -> {makes[0]} {known[makes[0]]}"
        yield " ".join([line, *map(attribute, m.get(5, []))])
    for value in graph[12]:
        assert text(message(value), 1) in names, "an output is not made"
        yield f"output {text(message(value), 1)} {shape_of(value)}"


if __name__ == "__main__":
    for line in dump(sys.argv[1], read_weights(sys.argv[2]) if len(sys.argv) > 2 else None):
        print(line)
