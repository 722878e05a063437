-- graphs/objectives/info_nce.lua   two augmented views of an image must be looked at alike,
-- and unlike all other images of the batch
-- Source: Chen et al. 2020, A Simple Framework for Contrastive Learning (NT-Xent), https://arxiv.org/abs/2002.05709
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
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

local logits_2, features_2 = net(view(image, 2))
map      = grad_cam(pick(logits, label), features)
map_2    = grad_cam(pick(logits_2, label), features_2)
contrast = info_nce(flatten(map), flatten(map_2), { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
metric("accuracy", equal(argmax(logits), label))
metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))  -- the share of maps that are 0 everywhere
output("cam", resize(map, 28, 28, "bilinear"))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        augment = { shift = 2, rotate = 10 }, views = 2,
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
