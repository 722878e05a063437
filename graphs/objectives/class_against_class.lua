-- graphs/objectives/class_against_class.lua   the maps of the true class and of the most confusing wrong class must
-- differ on the same image
-- Sources: Ignesti and Martinelli 2025, "You've Got the Wrong Outfit", https://hdl.handle.net/11568/1352608;
-- overlap: Wang et al. 2019, Sharpen Focus (ICASC), https://arxiv.org/abs/1811.07484
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         kind = "overlap",           -- overlap, cosine or margin
         margin = 0.5 }              -- of the kind margin

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

map      = grad_cam(pick(logits, label), features)
wrong    = grad_cam(pick(logits, runner_up(logits, label)), features)
separate = class_against_class(map, wrong, { kind = option.kind, margin = option.margin })

minimize(cross_entropy(logits, label) + option.lambda * separate)
metric("accuracy", equal(argmax(logits), label))
metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))  -- the share of maps that are 0 everywhere
output("cam", resize(map, 28, 28, "bilinear"))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
