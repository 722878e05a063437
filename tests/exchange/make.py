"""Makes tests/exchange: models as PyTorch exports them, with what PyTorch computes, and files that are no models.

    pip install torch onnx onnxscript safetensors; python tests/exchange/make.py

Committed, since the tests run without any of these."""
import os, struct, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))

# ---- files that are wrong in one way each: the message that they get stands beside them ----

def varint(n):
    n &= (1 << 64) - 1
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])

def whole(number, n): return varint(number << 3) + varint(n)
def part(number, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(content)) + content
def tensor(name, dims, numbers, kind=1, extra=b"", raw=True):
    data = part(9, struct.pack("<%df" % len(numbers), *numbers)) if raw else b""
    return b"".join(whole(1, d) for d in dims) + whole(2, kind) + part(8, name) + data + extra
def node(op, inputs, outputs, extra=b"", name=""):
    return (b"".join(part(1, i) for i in inputs) + b"".join(part(2, o) for o in outputs) +
            (part(3, name) if name else b"") + part(4, op) + extra)
def value(name, dims):
    shape = b"".join(part(1, whole(1, d) if d else part(2, "n")) for d in dims)
    return part(1, name) + part(2, part(1, whole(1, 1) + part(2, shape)))
WEIGHT = tensor("fc.weight", [2, 3], [1, 2, 3, 4, 5, 6])
def graph(nodes=None, tensors=(WEIGHT,), more=b"", output="logits"):
    nodes = nodes or [node("Gemm", ["image", "fc.weight"], ["logits"], attribute("transB", 1))]
    return (b"".join(part(1, n) for n in nodes) + b"".join(part(5, t) for t in tensors) + more +
            part(11, value("image", [0, 3])) + part(12, value(output, [0, 2])))
def attribute(name, n): return part(5, part(1, name) + whole(3, n) + whole(20, 2))
OPSET = part(8, part(1, "") + whole(2, 20))
def model(g=None, opset=OPSET, more=b""): return whole(1, 9) + part(7, g or graph()) + opset + more
def external(location): return part(13, part(1, "location") + part(2, location)) + whole(14, 1)
def nested(depth):                                     # an attribute that is a graph of a node with such an attribute
    g = b""
    for _ in range(depth):
        g = part(1, part(4, "If") + part(5, part(1, "then_branch") + part(6, g)))
    return g

hostile = {
    "varint_11_bytes": (b"\x08" + b"\x80" * 10 + b"\x01", "a varint has more than 10 bytes"),
    "varint_cut": (b"\x08\x80", "a varint goes on past the end"),
    "varint_beyond_64_bits": (b"\x08" + b"\xff" * 9 + b"\x02", "a varint is beyond 64 bits"),
    "length_past_end": (b"\x3a\x7f\x00", "has a length of 127 bytes, against 1 left"),
    "length_negative": (b"\x3a" + varint(-1), "has a length of 18446744073709551615 bytes"),
    "group": (b"\x3b\x3c", "is a group"),
    "wire_type_6": (b"\x3e", "is of wire type 6"),
    "field_0": (b"\x02\x00", "a field has the number 0"),
    "graph_is_varint": (whole(7, 5) + OPSET, "the graph (field 7) is a varint, against bytes"),
    "opset_missing": (whole(1, 9) + part(7, graph()), "opset_import) is missing"),
    "opset_future": (model(opset=part(8, whole(2, 1000))), "the operator set is 1000, against 7 to"),
    "no_graph": (whole(1, 9) + OPSET, "the file has no graph"),
    "two_graphs": (model(more=part(7, graph())), "the model has a second graph"),
    "nesting": (model(nested(100)), "an attribute is a graph"),     # import_test.sh makes one of 10,000
    "dims_overflow": (model(graph(tensors=(tensor("fc.weight", [1 << 40, 1 << 40], []),))),
        "more elements than can be"),
    "dims_negative": (model(graph(tensors=(tensor("fc.weight", [-1, 3], []),))), "a tensor has -1 elements"),
    "dims_large": (model(graph(tensors=(tensor("fc.weight", [1 << 40], []),))), "has 0 bytes, against 4398046511104"),
    "raw_and_float": (model(graph(tensors=(tensor("fc.weight", [2, 3], [0] * 6, extra=part(4, b"\0" * 24)),))),
                      "has its data twice"),
    "raw_short": (model(graph(tensors=(tensor("fc.weight", [2, 3], [0] * 5),))), "has 20 bytes, against 24"),
    "type_wrong": (model(graph(tensors=(tensor("fc.weight", [2, 3], [0] * 6, kind=77),))), "is of type 77"),
    "cycle": (model(graph([node("Add", ["image", "b"], ["a"]), node("Relu", ["a"], ["b"]),
                           node("Gemm", ["b", "fc.weight"], ["logits"], attribute("transB", 1))])), "a cycle"),
    "cycle_self": (model(graph([node("Add", ["image", "logits"], ["logits"])])), "a cycle"),
    "undefined_input": (model(graph([node("Relu", ["nobody"], ["logits"])])), "uses 'nobody', which nothing makes"),
    "undefined_output": (model(graph(output="nobody")), "uses 'nobody', which nothing makes"),
    "duplicate_value": (model(graph([node("Relu", ["image"], ["a"]), node("Relu", ["image"], ["a"])])),
        "'a' is there twice"),
    "duplicate_tensor": (model(graph(tensors=(WEIGHT, WEIGHT))), "'fc.weight' is there twice"),
    "subgraph": (model(graph([node("If", ["image"], ["logits"], part(5, part(1, "then_branch") + part(6, graph()) +
                                                                     whole(20, 5)))])), "subgraphs"),
    "sparse": (model(graph(more=part(15, b""))), "sparse tensors"),
    "name_with_zero": (model(graph([node("Relu", ["image"], ["a\0b"])])), "holds a byte 0"),
    "op_unknown": (model(graph([node("FancyOp", ["image"], ["logits"], part(9, part(1, "pkg.torch.onnx.stack_trace") +
        part(2, 'File "/home/me/net.py", line 12, in forward\n    return fancy(x)')), "node_fancy")])),
        "node 0 'node_fancy', op FancyOp of operator set 20: this op is not known; "
        "/home/me/net.py:12: return fancy(x)"),
    "domain_unknown": (model(graph([node("Relu", ["image"], ["logits"], part(7, "com.example"))])),
                       "op com.example.Relu of operator set 20"),
    "control_characters": (model(graph([node("Relu\x1b[31m\n", ["image"], ["logits"])])), "Relu.u001b"),
    "empty": (b"", "it is empty"),
    "text": (b"this is no model\n", "byte"),
}
for kind, location in {"absolute": "/etc/passwd", "up": "../../secret", "link": "link", "zero": "/dev/zero",
                       "fifo": "fifo", "nothing": ""}.items():
    hostile["external_" + kind] = (model(graph(tensors=(tensor("fc.weight", [2, 3], [], extra=external(location),
        raw=False),))),
                                   "has external data")
hostile["external_without_location"] = (
    model(graph(tensors=(tensor("fc.weight", [2, 3], [], extra=whole(14, 1), raw=False),))), "has external data")

def write_hostile():
    lines = []
    for name, (content, message) in sorted(hostile.items()):
        with open(f"{here}/hostile/{name}.onnx", "wb") as f:
            f.write(content)
        lines.append(f"{name} {message}")
    with open(f"{here}/hostile/messages.txt", "w") as f:
        f.write("\n".join(lines) + "\n")

# ---- models ----

def write_models():
    import torch, warnings
    from torch import nn
    from safetensors.torch import save_file
    warnings.filterwarnings("ignore")

    class Block(nn.Module):                            # two of them, with squeeze and excitation
        def __init__(self, c):
            super().__init__()
            self.conv = nn.Sequential(nn.Conv2d(c, 2 * c, 1, bias=False), nn.BatchNorm2d(2 * c, momentum=0.03),
                nn.SiLU())
            self.fc1, self.fc2 = nn.Conv2d(2 * c, 2, 1), nn.Conv2d(2, 2 * c, 1)
            self.project = nn.Conv2d(2 * c, c, 3, padding=1, groups=c)
        def forward(self, x):
            y = self.conv(x)
            s = y.mean((2, 3), keepdim=True)
            return x + self.project(y * torch.sigmoid(self.fc2(nn.functional.leaky_relu(self.fc1(s), 0.2))))
    class Small(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = nn.Sequential(nn.Conv2d(2, 4, 3, 2, 1), nn.ReLU6())
            self.blocks = nn.Sequential(Block(4), Block(4))
            self.head = nn.Sequential(nn.AvgPool2d(2), nn.Flatten(), nn.Dropout(0.5), nn.Linear(16, 3))
        def forward(self, x): return self.head(self.blocks(self.stem(x)))
    class LN(nn.LayerNorm):
        def forward(self, x): return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    class Grn(nn.Module):                              # of ConvNeXt V2
        def __init__(self, c):
            super().__init__()
            self.gamma, self.beta = nn.Parameter(torch.zeros(1, 1, 1, c)), nn.Parameter(torch.zeros(1, 1, 1, c))
        def forward(self, x):
            g = torch.norm(x, p=2, dim=(1, 2), keepdim=True)
            return self.gamma * (x * (g / (g.mean(-1, keepdim=True) + 1e-6))) + self.beta + x
    class Next(nn.Module):
        def __init__(self, c):
            super().__init__()
            self.dwconv, self.norm = nn.Conv2d(c, c, 3, padding=1, groups=c), nn.LayerNorm(c, eps=1e-6)
            self.pwconv1, self.grn, self.pwconv2 = nn.Linear(c, 8), Grn(8), nn.Linear(8, c)
        def forward(self, x):
            y = self.norm(self.dwconv(x).permute(0, 2, 3, 1))
            y = self.pwconv2(self.grn(nn.functional.gelu(self.pwconv1(y))))
            return x + y.permute(0, 3, 1, 2)
    class Merged(nn.Module):                           # all its norms are equal, and shared is called twice
        def __init__(self):
            super().__init__()
            self.stem = nn.Conv2d(2, 4, 2, 2)
            self.norms = nn.Sequential(LN(4), Next(4), Next(4), LN(4))
            self.shared = nn.Linear(4, 4)
            self.head = nn.Linear(4, 3)
        def forward(self, x):
            x = self.norms(self.stem(x)).mean((2, 3))
            return self.head(torch.tanh(self.shared(torch.tanh(self.shared(x)))))

    for name, net in {"small": Small(), "merged": Merged()}.items():
        torch.manual_seed(0)
        generator = torch.Generator().manual_seed(1)
        for key, p in net.named_parameters():
            if key.endswith("gamma") or "norm" in key: continue
            p.data = torch.randn(p.shape, generator=generator) * 0.3
        for key, b in net.named_buffers():
            if key.endswith("running_mean"): b.copy_(torch.randn(b.shape, generator=generator) * 0.1)
            if key.endswith("running_var"): b.copy_(torch.rand(b.shape, generator=generator) + 0.5)
        x, y = torch.rand((5, 2, 8, 8), generator=generator), torch.tensor([0, 1, 2, 1, 0])
        net.eval()
        tensors = {"image": x, "label": y, "logits": net(x).detach()}
        batch = torch.export.Dim("batch", min=1, max=4096)
        for kind, how in {"dynamo": dict(dynamo=True, dynamic_shapes=({0: batch},)),
                          "dynamo_unoptimized": dict(dynamo=True, optimize=False, dynamic_shapes=({0: batch},)),
                          "legacy": dict(dynamo=False), "opset13": dict(dynamo=False, opset_version=13)}.items():
            if name == "merged" and kind == "dynamo_unoptimized": continue
            how = {"opset_version": 20, **how}
            path = f"{here}/models/{name}.{kind}.onnx"
            torch.onnx.export(net, (x,), path, input_names=["pixels"], output_names=["scores"],
                external_data=False, **how)
            shorten(path)
        net.train()
        for q in net.modules():
            if isinstance(q, nn.Dropout): q.p = 0.0
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        tensors["loss"] = loss.detach()
        for key, p in net.named_parameters(): tensors["d_" + key] = p.grad
        tensors["image"] = x.permute(0, 2, 3, 1)
        tensors["label"] = y.int()
        save_file({k: v.contiguous() for k, v in tensors.items()}, f"{here}/models/{name}.safetensors")

def shorten(path):
    """Without stack traces, which are most of what dynamo writes, and name folders of whoever made the file."""
    import onnx
    m = onnx.load(path)
    for holder in [m, m.graph, *m.graph.node, *m.graph.initializer, *m.graph.input, *m.graph.output,
        *m.graph.value_info]:
        kept = [(p.key, p.value) for p in holder.metadata_props
                if p.key.split(".")[-1] in ("name_scopes", "rule_name", "graph_signature") or
                (p.key.endswith("fx_node") and "%p_" in p.value) or
                (p.key.endswith("class_hierarchy") and "Block" in p.value)]
        del holder.metadata_props[:]
        for key, text in kept: holder.metadata_props.add(key=key, value=text)
        holder.doc_string = ""
    del m.graph.value_info[:]
    onnx.save(m, path)

write_hostile()
if "hostile" not in sys.argv: write_models()
