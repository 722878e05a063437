-- graphs/objectives/contrastive_pairs.lua   maps of one class come together,
-- maps of different classes at least a margin apart
-- Source: Hadsell, Chopra and LeCun 2006, Dimensionality Reduction by Learning an Invariant Mapping
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         margin = 1,
         of = "map" }                -- what is compared: map, embedding or both

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

map      = grad_cam(pick(logits, label), features, { normalize = "l2" })
local embedding = normalize(global_avg_pool(features), "l2")
local rows = { map = flatten(map), embedding = embedding, both = concat({ flatten(map), embedding }, "c") }
local z  = rows[option.of] or error("of is '" .. option.of .. "', not map, embedding or both")
contrast = contrastive_pairs(z, label, { margin = option.margin })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
metric("accuracy", equal(argmax(logits), label))
metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))  -- the share of maps that are 0 everywhere
output("cam", resize(map, 28, 28, "bilinear"))

train { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
