-- graphs/objectives/gain.lua   what is left of the image outside of its map must not show its class:
-- the map then covers all of the object
-- Source: Li et al. 2018, Tell Me Where to Look (GAIN), https://arxiv.org/abs/1802.10171 (attention mining)
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1 }              -- weight of the objective; 0: plain cross-entropy

image = input { 28, 28, 1 }
label = labels(10)

local widths = { 1, 2, 2, 4 }                                                     -- of conv1 to conv4, in option.width
local function layer(x, i)
    return relu(conv2d(x, widths[i] * option.width, { init = "kaiming_normal", name = "conv" .. i }))
end
local net = shared("net", function(x)
    x = max_pool(layer(layer(x, 1), 2), 2)
    x = max_pool(layer(x, 3), 2)
    x = layer(x, 4)                                                               -- 7 x 7 x 4*width
    return linear(global_avg_pool(x), 10, { name = "fc" }), x
end)
logits, features = net(image)

map  = grad_cam(pick(logits, label), features)
rest = gain(net, image, map, label)                                               -- a second pass of the same network

minimize(cross_entropy(logits, label) + option.lambda * rest)
metric("accuracy", equal(argmax(logits), label))
metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))  -- the share of maps that are 0 everywhere
output("cam", resize(map, 28, 28, "bilinear"))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
