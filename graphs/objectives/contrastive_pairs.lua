-- graphs/objectives/contrastive_pairs.lua   maps of one class come together,
-- maps of different classes at least a margin apart
-- Source: Hadsell, Chopra and LeCun 2006, Dimensionality Reduction by Learning an Invariant Mapping
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         margin = 1,
         of = "map" }                -- what is compared: map, embedding or both

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map      = grad_cam(pick(logits, label), features, { normalize = "l2" })
local rows = use "../losses/rows.lua" (option.of, map, features)
contrast = contrastive_pairs(rows, label, { margin = option.margin })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
