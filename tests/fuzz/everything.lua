-- everything.lua   a call of nearly every constructor: the fuzzer's starting point
option { width = 4, smooth = 0.1, deep = true, kind = "same" }
image = input { 6, 6, 2 }
other = input { 3, 4 }
label = labels(5)
local function block(x, n) return relu(conv2d(x, n, { kernel = 3, padding = option.kind, stride = 1 })) end
local x = block(image, option.width)
if option.deep then x = max_pool(x, 2, { stride = 2, padding = 1, ceil = true }) end
features = avg_pool(block(x, 2 * option.width), { 2, 2 }, { stride = 1 })
net = shared("net", function(v) return tanh(linear(v, 6, { name = "inner" })) end)
both = net(other) * sigmoid(net(other)) + softmax(net(other), 3)
kernel = param({ 3, 6 }, { init = "xavier_uniform" })
product = matmul(both, kernel, { transpose_b = true })
parts = concat({ slice(both, 2, 1, 2), pad(slice(both, 2, 3, 3), { [2] = { 1, 0 } }, 0.5) }, 2)
turned = permute(parts, { 1, 3, 2 })
flat = reshape(turned, { 24 })
hidden = dropout(relu(linear(concat({ flat, flatten(features) }, 2), 8)), 0.3)
logits = scope("head", function() return linear(hidden, 5, { bias = false }) end)
score = pick(logits, label)
map = max(relu(sum(mean(grad(score, features), { "h", "w" }) * features, "c")), { "h", "w" })
bounded = clamp(where(greater(logits, 0), exp(-logits), abs(logits) ^ 1.5), nil, 3)
best = argmax(logits)
minimize(cross_entropy(logits, label, { label_smoothing = option.smooth, weight = { 1, 2, 1, 1, 0.5 } })
    + 0.1 * mse(product, constant(1) * product * 0)
    + mean(map) + mean(bounded) + mean(one_hot(label, 5) * sqrt(1 + logits * logits))
    + mean(min(log(2 + abs(logits)), logits)))
metric("accuracy", equal(best, label))
output("cam", map)
train { data = "mnist", batch = 16, epochs = 2, seed = 3, optimizer = adam { lr = 1e-3 },
    schedule = cosine { warmup = 0.1 }, clip = 1,
    augment = { shift = 2, crop = 1, flip = true, rotate = 10, cutout = 3 },
    normalize = { mean = { 0.5 }, sd = 0.25 } }
