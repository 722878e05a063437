-- convolutions.lua   stride, dilation, groups, padding in every form, transposed convolution, pooling, resizing
image = input { 9, 8, 4 }
a = tanh(conv2d(image, 6, { kernel = { 3, 2 }, stride = { 2, 1 }, padding = "same" }))
b = tanh(conv2d(image, 6, { kernel = 5, padding = "valid", groups = 2 }))
c = tanh(conv2d(image, 8, { kernel = 3, dilation = 2, padding = { 2, 1 }, groups = 4 }))
d = tanh(conv_transpose2d(a, 4, { kernel = { 3, 2 }, stride = 2, padding = 1, groups = 2 }))
e = avg_pool(c, 3, { stride = 2, padding = 1, ceil = true })
f = max_pool(d, { 3, 2 }, { stride = 2, padding = { 1, 0 } })
g = resize(resize(b, 7, 6, "bilinear"), 3, 4, "nearest")
h = tanh(conv2d(f, 4, { kernel = 1, bias = false, init = "xavier_normal" }))
minimize(mean(a * a) + mean(b * b * b) + mean(exp(e)) + mean(f * f) + mean(g * g) + mean(h * h * h))
