-- coupled.lua   outputs in which the samples of a batch meet, and gradients by weights
image = input { 28, 28, 1 }
label = labels(10)
local x = relu(conv2d(image, 6, { kernel = 5, stride = 3, padding = 1, name = "conv1" }))
local w2, w3 = param({ 8, 3, 3, 2 }, { name = "w2" }), param({ 4, 8, 2, 2 }, { name = "w3" })
features = conv2d(x, 8, { kernel = { 3, 2 }, groups = 2, stride = { 2, 1 }, dilation = { 1, 2 }, weight = w2,
                          bias = false })
local y = conv2d(softplus(features), 4, { kernel = 2, stride = 2, padding = "valid", weight = w3, bias = false })
logits = linear(flatten(y), 10, { name = "fc" })
local z = normalize(logits, "l2")
local pairs = matmul(z, z, { transpose_b = true })
output("pairs", softmax(pairs))
output("centred", logits - mean(logits, 1))
output("spread", max(logits, 1) - min(logits, {1}))
output("best", argmax(logits, 1))
output("wide", resize(features, 9, 7, "bilinear"))
output("contrast", info_nce(z, 2 * z + 0.1))
output("supervised", sup_con(z, label))
output("by_w2", grad(mean(logits * logits), w2))
output("by_w3", grad(mean(logits * logits), w3))
output("by_image", grad(logits * logits, image))
output("true_class", grad_cam_pp(pick(logits, label), features))
minimize(cross_entropy(logits, label))
train { data = "digits", batch = 32, epochs = 1, optimizer = sgd { lr = 0.01 } }
