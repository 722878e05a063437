-- sums_fused.lua   sums in kernels whose loops are others': results that stay inside of axes that the widest loops do
-- not have, terms that are the same all along an axis of lanes
image = input { 6, 4, 3 }
row   = input { 3 }
scale = param({ 3 }, { init = 0.4 })

wide   = max(scale, image)
moved  = tanh(grad(0.5 * tanh(wide) * sum(image), image)) * image
length = norm(moved + 1.3, { 4, 3 }, { keep = false })
local net = shared("net", function(x) return tanh(linear(x, 4)) end)
both   = net(length) * net(tanh(length))

flat   = flatten(slice(image, 2, 1, 4))                       -- 48: three runs of lanes
same   = tanh(grad(flat + 0.1 * sum(flat * flat), flat))

mixed  = matmul(row, param({ 3, 5 }, { init = "xavier_uniform" }))
square = 0.2 * matmul(mixed, mixed, { transpose_a = true })
across = (1.5 + tanh(square)) ^ tanh(norm(slice(image, 2, 1, 5) + 1.3, { 3, 4 }, { keep = true }))

minimize(mean(tanh(both) ^ 2) + mean(same ^ 2) + mean(tanh(across) ^ 2) + mean(tanh(image) ^ 2))
