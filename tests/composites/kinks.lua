-- kinks.lua   activations of pieces behind layers and norms, their maps and a gradient of a gradient
image = input { 6, 5, 4 }
label = labels(3)
a = relu6(batch_norm(conv2d(image, 6, { bias = false })))
b = hardswish(batch_norm(conv2d(a, 6, { groups = 6, name = "deep" })))
squeezed = hardsigmoid(linear(leaky_relu(linear(global_avg_pool(b), 3)), 6))
features = leaky_relu(conv2d(b * reshape(squeezed, { 1, 1, 6 }), 5), 0.2)
logits = linear(global_avg_pool(features), 3)
map = grad_cam(pick(logits, label), b, { normalize = "l2" })
minimize(cross_entropy(logits, label) + 0.1 * mean(map * map))
metric("accuracy", equal(argmax(logits), label))
