-- corners.lua   where fusion has most to get right: several readers of one product, loops of different rank, sums over
-- samples in a gradient, an index that is no label, shared expressions under pad and concat, one weight in two shapes,
-- gradients that are leaves, one-hot rows times a matrix, numbers that stand apart in a product
x = input { 6, 6, 2 }
row = input { 5 }
wide = input { 10 }
w1 = param({ 4 }, { init = "ones" })
w2 = param({ 4 }, { init = 0.5 })
local v = linear(row, 4, { bias = false })
y1, y2, y3 = exp(v), sigmoid(v), v * 3
best = max(row, 1)
chosen = pick(row, argmax(wide))
near = row * reshape(sum(x, { 2, 3, 4 }, { keep = false }), { 1 })
local z = row
for i = 1, 26 do z = z * 0.5 + z * z * 0.5 end
small = z
local p = row
for i = 1, 4 do p = slice(pad(p * p * 0.5 + p * 0.5, { c = { 1, 1 } }), "c", 1, 5) end
local q = x
for i = 1, 3 do q = concat({ q * q * 0.5 + q * 0.5, q * 0.5 }, "c") end
padded, joined = p, q
local a = conv2d(x, 3, { bias = false })
q1, q2, q3 = conv2d(a + 1, 2, { kernel = 1 }), conv2d(a * 2, 2, { kernel = 1 }), conv2d(relu(a), 2, { kernel = 1 })
s = sum(a, { 2, 3, 4 })
block = param({ 1, 12 })
m = matmul(param({ 1, 5, 3 }), reshape(block, { 3, 4 }))
n = matmul(m, reshape(block, { 4, 3 }))
pooled = max_pool(pad(a, { w = { 2, 1 }, h = { 1, 0 } }, -0.5), 3, { stride = 2, padding = 1, ceil = true })
overlap = avg_pool(a, { 3, 2 }, { stride = { 2, 1 }, padding = { 1, 0 } })
rows = matmul(one_hot(argmax(wide), 5), param { 5, 3 })
places = matmul(one_hot(argmax(x, "c"), 3), param { 4, 3 }, { transpose_b = true })
turned = grad(sum(exp(best) * reshape(pick(linear(y1, 5), argmax(wide)), { 1 })), y1)
apart = row * 3 / 7 * 14 / 6 / 5 * 0.5
minimize(mean(y1 * y2) + mean(y3) + sum(best * best) + mean(chosen) + mean(near) + mean(small) + mean(padded)
    + mean(joined) + mean(q1 * q2 * q3) + mean(s)
    + mean(n * n) + sum(w1 * w2) + mean(rows * rows) + mean(places * places) + mean(turned * turned)
    + mean(apart * apart)
    + mean(pooled * pooled) + mean(overlap * overlap * overlap))
train { data = "digits", batch = 8, epochs = 1, seed = 1, optimizer = adamw { lr = 1e-3 }, clip = 1 }
