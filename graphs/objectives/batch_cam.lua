-- graphs/objectives/batch_cam.lua   the mean map of each class in the batch must be the prototype of that class
-- Source: Ignesti, Moroni and Martinelli 2025, Batch-CAM, https://arxiv.org/abs/2510.00664 (Batch-CAM Loss)
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         distance = "l1",            -- l1, l2, l2_squared or ssim
         target = "prototype",       -- the mean training image; batch_mean: that of the batch
         normalize = "max" }         -- how the map is scaled: max, min_max, l2, sum, ...

image = input { 28, 28, 1 }
label = labels(10)

local widths = { 1, 2, 2, 4 }                                                     -- of conv1 to conv4, in option.width
local function layer(x, i)
    return relu(conv2d(x, widths[i] * option.width, { init = "kaiming_normal", name = "conv" .. i }))
end
local x  = max_pool(layer(layer(image, 1), 2), 2)
x        = max_pool(layer(x, 3), 2)
features = layer(x, 4)                                                            -- 7 x 7 x 4*width
logits   = linear(global_avg_pool(features), 10, { name = "fc" })

map       = grad_cam(pick(logits, label), features, { normalize = option.normalize })
attention = batch_cam(map, label, { distance = option.distance, target = option.target })

minimize(cross_entropy(logits, label) + option.lambda * attention)
metric("accuracy", equal(argmax(logits), label))
metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))  -- the share of maps that are 0 everywhere
output("cam", resize(map, 28, 28, "bilinear"))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
