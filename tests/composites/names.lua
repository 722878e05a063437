-- names.lua   names that C, its headers or the emitted functions have for other things,
-- and names that are one name in C
image = input { 5, 4, 3 }
int, int_ = input { 4 }, input { 4 }
local stages = conv2d(image, 4, { name = "a.b" })
conv = tanh(conv2d(tanh(stages), 4, { name = "a_b" }))
bytes = softmax(conv2d(conv, 4, { name = "a-b" }), "c")
at0 = tanh(conv2d(bytes, 3, { name = "at5" }))
at1, at2 = exp(conv2d(at0, 3, { name = "conv" })), softmax(at0 * 2, "c")
at3, at4 = exp(conv2d(at1 * at2, 3, { name = "conv_" })), softmax(at1 * 2, "c")
at5, at6 = exp(conv2d(at3 * at4, 3)), softmax(at3, "c")
M_PI = mean(at5 * at6, { "h", "w", "c" })
INT_MAX = linear(exp(reshape(M_PI, { 1 })), 4)
norm_weight = sigmoid(INT_MAX + int * int_)
norm_bias = norm_weight * exp(norm_weight)
NULL = layer_norm(norm_bias, { name = "norm", eps = 0.1 })
si_value = exp(NULL)
linux = batch_norm(si_value, { name = "int", eps = 0.1 })
memset = batch_norm(linux * linux, { name = "int_", eps = 0.1 })
output("x.y", NULL)
output("x_y", linux)
output("x-y", memset)
minimize(mean(tanh(memset) ^ 2))
