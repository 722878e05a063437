-- graphs/objectives/batch_cam.lua   the mean map of each class in the batch must be the prototype of that class
-- Source: Ignesti, Moroni and Martinelli 2025, Batch-CAM, https://arxiv.org/abs/2510.00664 (Batch-CAM Loss)
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         distance = "l1",            -- l1, l2, l2_squared or ssim
         target = "prototype",       -- the mean training image; batch_mean: that of the batch
         normalize = "max" }         -- how the map is scaled: max, min_max, l2, sum, ...

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map       = grad_cam(pick(logits, label), features, { normalize = option.normalize })
attention = batch_cam(map, label, { distance = option.distance, target = option.target })

minimize(cross_entropy(logits, label) + option.lambda * attention)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
