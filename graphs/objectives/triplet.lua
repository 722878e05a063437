-- graphs/objectives/triplet.lua   the farthest map of the same class must be nearer, by a margin,
-- than the nearest map of another
-- Source: Hermans, Beyer and Leibe 2017, In Defense of the Triplet Loss, https://arxiv.org/abs/1703.07737 (batch hard)
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         margin = 0.3,               -- by which the other class must be farther away
         of = "map" }                -- what is compared: map, embedding or both

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map      = grad_cam(pick(logits, label), features, { normalize = "l2" })
local rows = use "../losses/rows.lua" (option.of, map, features)
contrast = triplet(rows, label, { margin = option.margin })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
