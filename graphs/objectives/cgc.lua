-- graphs/objectives/cgc.lua   the map of an image that is moved must be the moved map of the image,
-- and unlike the maps of the rest of the batch
-- Source: Pillai et al. 2022, Consistent Explanations by Contrastive Learning (CGC), https://arxiv.org/abs/2110.00527
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.5,               -- weight of the objective; 0: plain cross-entropy
         temperature = 0.5 }

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

local function moved(x, n) return slice(pad(x, { w = { n, 0 } }), "w", 1, x.width) end      -- to the right; 0 comes in
local logits_moved, features_moved = net(moved(image, 4))                         -- one place of the map is four pixels
map      = grad_cam(pick(logits, label), features)
contrast = cgc(grad_cam(pick(logits_moved, label), features_moved), moved(map, 1), { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
metric("accuracy", equal(argmax(logits), label))
metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))  -- the share of maps that are 0 everywhere
output("cam", resize(map, 28, 28, "bilinear"))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
