-- shapes.lua   gather and scatter, cumulative sums, products of stacks, scaling of maps, custom gradients,
-- gradients in gradients
x = input { 5, 4, 3 }
row = input { 6 }
label = labels(4)
weights = param({ 4, 6 }, { init = "trunc_normal" })
rows = gather(weights, label, 1)
sums = scatter_add(row, label, 4, 1)
back = gather(sums, label, 1)
chosen = gather(row, reshape(label, { 1 }), 2)
running = cumsum(row, 2)
stack = matmul(reshape(x, { 5, 12 }), reshape(x, { 5, 12 }), { transpose_b = true })
maps = normalize(x, "l2") + normalize(x, "l1") + normalize(x, "sum") + normalize(x, "max") + normalize(x, "min_max")
    + normalize(x, "softmax")
cube = custom { forward = function(v) return v * v * v end, backward = function(d, v) return 3 * d * v * v end }
scaled = custom { forward = function(v, w) return v * exp(w) end,
                  backward = function(d, v, w, y) return d * exp(w), d * y end }
local square = custom { forward = function(v) return v * v end, backward = function(d, v) return 2 * d * v end }
local cube_of_squares = custom { forward = cube, backward = function(d, v)       -- one of what arrives
    return 3 * v * v * (square(d + 1) - square(d) - 1) / 2
end }
-- a gradient whose values came from the same call's gradient, made with something else in the place of what arrives
local product = custom { forward = function(v, w) return v * w end,
                         backward = function(d, v, w) return d * w, d * v end }
local half_square = custom { forward = function(v) return v * v / 2 end,
                             backward = function(d, v) return product(d, v) end }
local half = half_square(row)
curved = grad(sum(grad(sum(half * grad(sum(half * row), row)), row) * row), row)
y = tanh(linear(scaled(cube_of_squares(row), running), 4))
score = pick(y, label)
slope = grad(score, row)
steep = grad(sum(slope * slope), row)
minimize(mean(rows * back) + mean(chosen * chosen) + mean(stack) + mean(maps * x) + mean(slope * slope)
         + 0.1 * mean(steep * steep) + 0.1 * mean(curved) + mean(erf(sums)) + mean(softplus(row) * sqrt(1 + row)))
