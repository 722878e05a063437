-- activations.lua   everything pointwise; a and b lie on a grid of 1/4, so that 0,
-- the bounds and ties between neighbours are met
a = input { 5, 4, 2 }
b = input { 5, 4, 2 }
per_channel = input { 2 }
local total = 0
local function score(y) total = total + mean(y * y + y) return y end
local positive, far = a * a + 0.5, b * b + 1

y_relu, y_gelu, y_gelu_tanh = score(relu(a)), score(gelu(a)), score(gelu(a, "tanh"))
y_sigmoid, y_tanh, y_silu   = score(sigmoid(a)), score(tanh(a)), score(silu(a))
y_softplus, y_exp, y_log    = score(softplus(a)), score(exp(a)), score(log(positive))
y_sqrt, y_rsqrt, y_abs      = score(sqrt(positive)), score(rsqrt(positive)), score(abs(a))
y_leaky, y_leakier, y_relu6 = score(leaky_relu(a)), score(leaky_relu(a, 0.3)), score(relu6(4 * a))
y_hardsigmoid, y_hardswish  = score(hardsigmoid(2 * a)), score(hardswish(2 * a))
y_erf, y_floor, y_sign      = score(erf(a)), score(floor(a)), score(sign(a))
y_add, y_sub, y_mul, y_div  = score(a + b), score(a - b), score(a * b), score(a / far)
y_neg, y_square, y_cube     = score(-a), score(a ^ 2), score(a ^ 3)
y_inverse, y_root, y_power  = score(far ^ -1), score(positive ^ 0.5), score(positive ^ b)
y_constants                 = score(2 / (1 + far) - 3 * a + (1 - b) / 4 + 2 ^ a)
y_max, y_min                = score(max(a, b + 0.1)), score(min(a, b + 0.1))
y_clamp, y_above, y_below   = score(clamp(a, -0.5, 0.5)), score(clamp(a, -0.5)), score(clamp(a, nil, 0.5))
y_equal, y_less, y_greater  = equal(a, b), less(a, b), greater(a, b)
y_less_equal, y_greater_equal = less_equal(a, b), greater_equal(a, b)
y_where                     = score(where(less(a, b), a * a, b))
y_broadcast                 = score(a * reshape(per_channel, { 1, 1, 2 })
                                    + constant { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } })
y_stopped                   = score(a * stop_gradient(b * a))
local cube = custom { forward = function(v, w) return v * v * v * w end,
                      backward = function(d, v, w, y) return 3 * d * v * v * w, d * v * v * v end }
y_custom                    = score(cube(a, b))
minimize(total)
