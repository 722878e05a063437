-- gates.lua   activations that are flat beyond a bound, written out of their parts as the prelude has them
image = input { 28, 28, 1 }
label = labels(10)
local function held(x, below, above, y, low, high)
    return where(less_equal(x, below), low, where(greater_equal(x, above), high, y))
end
local function relu6(x) return held(x, 0, 6, x, 0, 6) end
local function hardsigmoid(x) return held(x, -3, 3, x + 3, 0, 6) / 6 end
local function hardswish(x) return x * held(x, -3, 3, x + 3, 0, 6) / 6 end
local function leaky_relu(x, slope) return x * where(greater(x, 0), 1, slope) end
local x = relu6(5 * conv2d(image, 4, { stride = 2, name = "conv1" }))
x = hardswish(8 * conv2d(x, 4, { stride = 2, name = "conv2" }))
features = leaky_relu(x, 0.2) * hardsigmoid(6 * x)
logits = linear(global_avg_pool(features), 10, { name = "fc" })
minimize(cross_entropy(logits, label))
train { data = "digits", batch = 32, epochs = 1, optimizer = sgd { lr = 0.01 } }
