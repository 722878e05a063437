"""The training step of graphs/cnn.lua in JAX, forward, backward and AdamW in one jit: the other peer that
bench/peers.sh times.

    python bench/peer_jax.py cnn BATCH MODE STEPS

MODE is plain or cam, which adds sup_con of the Grad-CAM maps of the last features, as graphs/outfit.lua does with
objective=sup_con.
JAX uses as many threads as it may run on cores: taskset chooses.  Prints one JSON line as bench/peer_torch.py does."""
import json
import resource
import statistics
import sys
import time

import jax
import jax.numpy as jnp

PARAMETERS = 130890
LR, BETA1, BETA2, EPS, DECAY = 1e-3, 0.9, 0.999, 1e-8, 0.05


def initial(key, w=32):
    plan, parameters = [(1, w), (w, 2 * w), (2 * w, 2 * w), (2 * w, 4 * w)], {}
    for i, (channels, out) in enumerate(plan):
        key, one = jax.random.split(key)
        parameters[f"w{i}"] = jax.random.normal(one, (3, 3, channels, out)) * (2 / (9 * channels)) ** 0.5
        parameters[f"b{i}"] = jnp.zeros(out)
    key, one = jax.random.split(key)
    bound = (4 * w) ** -0.5
    return parameters | {"w": jax.random.uniform(one, (4 * w, 10), minval=-bound, maxval=bound), "b": jnp.zeros(10)}


def features_of(p, x):
    def layer(x, i):
        y = jax.lax.conv_general_dilated(x, p[f"w{i}"], (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        return jax.nn.relu(y + p[f"b{i}"])

    def pool(x):
        return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return layer(pool(layer(pool(layer(layer(x, 0), 1)), 2)), 3)


def head(p, features):
    return features.mean((1, 2)) @ p["w"] + p["b"]


def picked(x, label):
    return jnp.take_along_axis(x, label[:, None], 1)


def grad_cam(p, features, label):
    gradient = jax.grad(lambda f: picked(head(p, f), label).sum())(features)
    return jax.nn.relu((gradient.mean((1, 2), keepdims=True) * features).sum(-1))


def sup_con(z, label, temperature=0.1):
    others = ~jnp.eye(len(z), dtype=bool)
    positive = others & (label[:, None] == label[None])
    s = z @ z.T / temperature
    log_probability = s - jax.nn.logsumexp(s, 1, where=others, keepdims=True)
    return -((log_probability * positive).sum(1) / jnp.maximum(positive.sum(1), 1)).mean()


def loss_of(p, x, label, cam):
    features = features_of(p, x)
    loss = -picked(jax.nn.log_softmax(head(p, features)), label).mean()
    if cam:
        z = grad_cam(p, features, label).reshape(len(x), -1)
        z = z * jax.lax.rsqrt(jnp.maximum((z * z).sum(1, keepdims=True), 1e-12))
        loss = loss + 0.1 * sup_con(z, label)
    return loss


def main():
    name, batch, mode, steps = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    if name != "cnn" or mode not in ("plain", "cam"):
        sys.exit("only cnn, plain or cam")
    keys = jax.random.split(jax.random.PRNGKey(0), 3)
    p = initial(keys[0])
    count = sum(x.size for x in p.values())
    assert count == PARAMETERS, f"cnn has {count} parameters here, {PARAMETERS} in its graph"
    x, label = jax.random.uniform(keys[1], (batch, 28, 28, 1)), jax.random.randint(keys[2], (batch,), 0, 10)

    def update(p, m, v, t, x, label):
        loss, g = jax.value_and_grad(loss_of)(p, x, label, mode == "cam")
        t = t + 1
        m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, g)
        v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, g)

        def moved(p, m, v):
            return p * (1 - LR * DECAY) - LR * (m / (1 - BETA1 ** t)) / (jnp.sqrt(v / (1 - BETA2 ** t)) + EPS)
        return jax.tree.map(moved, p, m, v), m, v, t, loss
    # what a step has read it may write over, as an optimizer in place does
    step = jax.jit(update, donate_argnums=(0, 1, 2, 3))
    state = (p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), jnp.float32(0))
    times = []
    for i in range(5 + steps):
        start = time.perf_counter()
        *state, loss = step(*state, x, label)
        jax.block_until_ready((state, loss))
        if i >= 5:
            times.append(time.perf_counter() - start)
    print(json.dumps({"min_ms": min(times) * 1e3, "median_ms": statistics.median(times) * 1e3,
                      "version": jax.__version__,
                      "rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
