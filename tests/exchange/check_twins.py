"""Holds the parameters and states of graphs/ against the state dicts of plain PyTorch modules (twins.py).

    python3 tests/exchange/check_twins.py             from the project's root; without torch, against twins.txt
    python3 tests/exchange/check_twins.py --update    with torch: writes twins.txt, and twin.safetensors and twin.txt:
                                                      weights that PyTorch saved, and the loss that it has with them
    python3 tests/exchange/check_twins.py --data DIR  writes the images of that loss, as .npy
"""
import os
import struct
import sys

from make_run import numbers, tensors_of

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = [("mlp", {}), ("mlp", {"width": 16}), ("cnn", {}), ("cnn", {"norm": True, "width": 2}), ("cnn_cam", {}),
         ("decoy_cnn", {}), ("resnet", {}), ("resnet", {"depth": 8}), ("resnet", {"depth": 18, "width": 8}),
         ("convnext", {}), ("convnext", {"version": 2}), ("convnext", {"dim": 8, "depth": 3})]
IMAGES, SAVED = 64, ("cnn", {"norm": True, "width": 2})       # images, and the network of which weights are kept


def word(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def called(graph, settings):
    return " ".join([graph] + [f"{name}={word(value)}" for name, value in settings.items()])


def of_tailor(graph, settings):
    return tensors_of(f"graphs/{graph}.lua", [f"{name}={word(value)}" for name, value in settings.items()])[1]


def listing(case, tensors):
    return [f"{called(*case)}: {name} {list(shape)}" for name, shape in sorted(tensors)]


def pixels():
    return bytes(int(255 * min(max(x / 0.7 + 0.5, 0), 1)) for x in numbers("images", [IMAGES * 784]))


def write_data(folder):
    os.makedirs(folder, exist_ok=True)
    labels = bytes(i * 7 % 10 for i in range(IMAGES))
    for split in ("train", "t10k"):
        for what, shape, data in (("images", f"{IMAGES}, 28, 28", pixels()), ("labels", f"{IMAGES},", labels)):
            head = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({shape}), }}"
            head += " " * (-(len(head) + 11) % 64) + "\n"
            with open(os.path.join(folder, f"{split}-{what}.npy"), "wb") as file:
                file.write(b"\x93NUMPY\1\0" + struct.pack("<H", len(head)) + head.encode() + data)


def with_torch(update):
    import torch
    from safetensors.torch import save_file
    from twins import twin
    lines = []
    for case in CASES:
        module, made = twin(*case), of_tailor(*case)
        state = {name: torch.tensor(values).reshape(shape) for name, shape, values in made}
        module.load_state_dict(state)                                        # strict: each name, each shape
        lines += listing(case, [(name, t.shape) for name, t in module.state_dict().items()
                                if not name.endswith("num_batches_tracked")])
    if not update:
        return lines
    module = twin(*SAVED)
    module.load_state_dict({name: torch.tensor(values).reshape(shape) for name, shape, values in of_tailor(*SAVED)})
    save_file(module.state_dict(), os.path.join(HERE, "twin.safetensors"))   # num_batches_tracked and all
    images = torch.tensor(list(pixels()), dtype=torch.float64).reshape(IMAGES, 1, 28, 28) / 255
    logits, labels = module.double()(images), torch.tensor([i * 7 % 10 for i in range(IMAGES)])
    with open(os.path.join(HERE, "twin.txt"), "w") as file:
        file.write(f"test_loss {torch.nn.functional.cross_entropy(logits, labels).item():.9g}\n"
                   f"test_accuracy {(logits.argmax(1) == labels).double().mean().item():.9g}\n")
    with open(os.path.join(HERE, "twins.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")
    return lines


def main():
    if sys.argv[1:2] == ["--data"]:
        return write_data(sys.argv[2])
    with_it = True
    try:
        lines = with_torch(sys.argv[1:] == ["--update"])
    except ModuleNotFoundError as error:
        print(f"not loaded by PyTorch: {error}; PYTHON=... names a Python that has it")
        lines, with_it = open(os.path.join(HERE, "twins.txt")).read().splitlines(), False
    ours = [line for case in CASES for line in listing(case, [t[:2] for t in of_tailor(*case)])]
    wrong = sorted(set(ours) ^ set(lines))
    for line in wrong[:10]:
        print(f"WRONG: {line}: only of {'tailor' if line in ours else 'PyTorch'}")
    if with_it and open(os.path.join(HERE, "twins.txt")).read().splitlines() != lines:
        print("WRONG: twins.txt is not what PyTorch says")
        wrong = True
    print(f"{len(ours)} parameters and states of {len(CASES)} networks")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
