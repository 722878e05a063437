-- graphs/cnn.lua   a small convolutional network, and what to ablate in it: by default four 3x3 layers,
-- two poolings, one linear layer
option { width = 32,                 -- channels of the first layer: --set width=16
         depth = 4,                  -- convolutions: 2, 3 or 4
         kernel = 3,
         pooling = "max",            -- what halves the image: max, avg, or stride: a convolution of stride 2
         head = "gap",            -- what the linear layer reads: gap, the mean of the features, or flatten, all of them
         norm = false,               -- batch normalisation; the convolutions before it then have no bias
         skip = false }              -- sums around each layer but the first

image = input { 28, 28, 1 }
label = labels(10)

local plans = { [2] = { 1, 2 }, [3] = { 1, 2, 4 }, [4] = { 1, 2, 2, 4 } }    -- channels of the layers, in widths
local pools = { max = max_pool, avg = avg_pool, stride = function(x) return x end }
local heads = { gap = global_avg_pool, flatten = flatten }
local plan = plans[option.depth] or error("depth is " .. option.depth .. ", not 2, 3 or 4")
local pool = pools[option.pooling] or error("pooling is '" .. option.pooling .. "', not max, avg or stride")
local head = heads[option.head] or error("head is '" .. option.head .. "', not gap or flatten")

local function shortcut(i, x, channels, stride)
    if stride == 1 and x.channels == channels then return x end
    return conv2d(x, channels, { kernel = 1, stride = stride, padding = "valid", name = "conv_skip" .. i })
end
local function layer(i, x, channels, stride, skip)
    local y = conv2d(x, channels, { kernel = option.kernel, stride = stride, bias = not option.norm,
                                    init = "kaiming_normal", name = "conv" .. i })
    if option.norm then y = batch_norm(y, { name = "bn" .. i }) end
    return relu(skip and y + shortcut(i, x, channels, stride) or y)
end

local x = image
for i, widths in ipairs(plan) do
    local halves = i < option.depth and i >= option.depth - 2                 -- before each of the last two layers
    x = layer(i, x, widths * option.width, halves and option.pooling == "stride" and 2 or 1, option.skip and i > 1)
    if halves then x = pool(x, 2) end
end
features = x                                                      -- 7 x 7 x 4*width; 14 x 14 x 2*width where depth is 2
logits   = linear(head(features), 10, { name = "fc" })

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
