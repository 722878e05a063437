"""How close an imported model is to PyTorch: a row of docs/exchange.md for each MODEL.KIND.onnx, beside which
MODEL.safetensors has image, label, logits, train_loss and grad.NAME.

    pip install numpy safetensors; python bench/exchange.py $TAILOR_DATA/onnx/*.onnx

Logits are those of the emitted library, which is given NAME.safetensors.  An error is relative to the largest number
of a tensor; of a gradient at least 1/100 of the largest of all, since a bias before a norm has none but rounding."""
import os, re, subprocess, sys, tempfile
import numpy as np
from safetensors.numpy import load_file, save_file

tailor = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tailor")
PREDICT = """#include "model.h"
#include <stdio.h>
#include <stdlib.h>
static Model net;
static ModelWork work[1];
static char *all(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    fseek(f, 0, SEEK_END);
    *n = (size_t)ftell(f);
    rewind(f);
    char *bytes = malloc(*n);
    if (fread(bytes, 1, *n, f) != *n) exit(1);
    return fclose(f), bytes;
}
int main(int n_arguments, char **arguments)
{
    size_t n;
    (void)n_arguments;
    const char *weights = all(arguments[1], &n);
    if (model_load(&net, weights, n) != MODEL_OK) return 1;
    static ModelPredictResult said;
    const ModelBatch batch = {.n = atoi(arguments[3]), .image = (void *)all(arguments[2], &n)};
    if (model_predict(&net, work, 1, &batch, &said) != MODEL_OK) return 1;
    fwrite(said.logits, sizeof said.logits[0], (size_t)batch.n, stdout);
    return 0;
}
"""

def run(*words):
    done = subprocess.run(words, capture_output=True, env={"OPTIMIZE": "-O1 -DRT_QUICK_BUILD", **os.environ})
    if done.returncode: sys.exit(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout

def row(path, folder):
    name, wanted = os.path.basename(path)[:-5], load_file(re.sub(r"\.\w+\.onnx$", ".safetensors", path))
    graph, weights = f"{folder}/model.lua", f"{folder}/model.safetensors"
    said = run(tailor, "import", path, "-o", graph)
    nodes, lines = re.search(rb"(\d+) nodes of the model in (\d+) lines", said).groups()
    image = np.ascontiguousarray(wanted["image"].transpose(0, 2, 3, 1))
    image.tofile(f"{folder}/image")
    open(f"{folder}/predict.c", "w").write(PREDICT)
    run(tailor, "emit", graph, "--library", "--inference", "-o", f"{folder}/c")
    run("cc", "-O1", "-march=native", "-w", f"-I{folder}/c", f"{folder}/predict.c", f"{folder}/c/model.c", "-lm", "-o",
        f"{folder}/predict")
    logits = np.frombuffer(run(f"{folder}/predict", weights, f"{folder}/image", str(len(image))), np.float32)
    off = np.abs(logits.reshape(wanted["logits"].shape) - wanted["logits"]).max()
    save_file({**load_file(weights), "image": image, "label": wanted["label"].astype(np.int32)}, f"{folder}/feed")
    run(tailor, "grad", graph, "--feed", f"{folder}/feed", "-o", f"{folder}/out")
    got, gradients = load_file(f"{folder}/out"), {k[5:]: v for k, v in wanted.items() if k.startswith("grad.")}
    folded = "-- The exporter has folded" in open(graph).read()
    loss = abs(float(got["loss"].item()) / float(wanted["train_loss"].item()) - 1)
    floor = max(np.abs(g).max() for g in gradients.values()) / 100
    there = {k: g for k, g in gradients.items() if "d_" + k in got}
    worst = max(np.abs(got["d_" + k].reshape(g.shape) - g).max() / max(np.abs(g).max(), floor)
                for k, g in there.items())
    said = "folded | folded" if folded else f"{loss:.0e} | {worst:.0e}"
    if not folded and len(there) < len(gradients):              # the exporter drops biases that are 0
        said += f" of {len(there)}; {len(gradients) - len(there)} were dropped"
    return f"| {name} | {nodes.decode()} | {lines.decode()} | {off:.0e} | {said} |"

print("| model | nodes | lines of Lua | logits | loss | gradients |\n|---|---|---|---|---|---|")
for path in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as folder:
        print(row(path, folder), flush=True)
