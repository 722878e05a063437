-- graphs/cnn_cam.lua   the network and recipe of cnn.lua, trained to look at the same thing in images of one class: the
-- Grad-CAM of the true class is a value like any other, and a supervised contrastive loss on it (sup_con) is a second
-- objective; its gradient is one of a gradient
option { width = 32,                 -- channels of the first layer: --set width=16
         skip = false,               -- sums around each layer but the first
         lambda = 0.1,               -- weight of the contrastive loss; 0: what cnn.lua trains
         temperature = 0.1 }

image = input { 28, 28, 1 }
label = labels(10)

local function shortcut(i, x, channels)
    return x.channels == channels and x or conv2d(x, channels, { kernel = 1, name = "conv_skip" .. i })
end
local function layer(i, x, widths, skip)
    local channels = widths * option.width
    local y = conv2d(x, channels, { init = "kaiming_normal", name = "conv" .. i })
    return relu(skip and y + shortcut(i, x, channels) or y)
end

local x  = layer(1, image, 1, false)
x        = max_pool(layer(2, x, 2, option.skip), 2)
x        = max_pool(layer(3, x, 2, option.skip), 2)
features = layer(4, x, 4, option.skip)                                -- 7 x 7 x 4*width
logits   = linear(global_avg_pool(features), 10, { name = "fc" })

map      = grad_cam(pick(logits, label), features, { normalize = "l2" })
contrast = sup_con(flatten(map), label, { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
metric("accuracy", equal(argmax(logits), label))
metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))  -- the share of maps that are 0 everywhere
output("cam", resize(map, 28, 28, "bilinear"))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
