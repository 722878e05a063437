-- graphs/objectives/prototype.lua   the map of the true class must be the mean training image of that class
-- Source: Ignesti, Moroni and Martinelli 2025, Batch-CAM, https://arxiv.org/abs/2510.00664 (Prototype Loss)
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         distance = "l1",            -- l1, l2, l2_squared or ssim
         normalize = "max" }         -- how the map is scaled: max, min_max, l2, sum, ...

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map       = grad_cam(pick(logits, label), features, { normalize = option.normalize })
attention = prototype(map, label, { distance = option.distance })

minimize(cross_entropy(logits, label) + option.lambda * attention)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
