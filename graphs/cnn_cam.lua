-- graphs/cnn_cam.lua   the network and recipe of cnn.lua, trained to look at the same thing in images of one class: the
-- Grad-CAM of the true class is a value like any other, and a supervised contrastive loss on it (sup_con) is a second
-- objective; its gradient is one of a gradient
option { width = 32,                 -- channels of the first layer: --set width=16
         skip = false,               -- sums around each layer but the first
         lambda = 0.1,               -- weight of the contrastive loss; 0: what cnn.lua trains
         temperature = 0.1 }         -- of the contrastive loss: similarities are divided by it

local cnn = use "networks/cnn.lua" { width = option.width, skip = option.skip }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map      = grad_cam(pick(logits, label), features, { normalize = "l2" })
contrast = sup_con(flatten(map), label, { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
use "recipes/maps.lua" (logits, label, map)
train(use "recipes/cnn.lua")
