-- norms.lua   every normalisation, scaling and stochastic depth, with and without options
image = input { 6, 5, 4 }
row = input { 6 }
label = labels(3)
a = tanh(batch_norm(conv2d(image, 6, { bias = false })))
b = gelu(group_norm(a, 3, { eps = 1e-3 }))
c = silu(instance_norm(b))
d = grn(layer_scale(layer_norm(c), { init = 0.5 })) + c
e = drop_path(relu(conv2d(d, 6, { groups = 6, kernel = 5 })), 0.3) + d
f = batch_norm(linear(row, 7), { momentum = 0.3, eps = 1e-2 })
g = gelu(layer_norm(f), "tanh")
logits = linear(concat({ global_avg_pool(e), g }, 2), 3)
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
