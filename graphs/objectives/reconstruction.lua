-- graphs/objectives/reconstruction.lua   the map of the true class must be the image:
-- what there is to see in it is one object, of that class
-- Source: Ignesti and Martinelli 2024, "You've Got the Wrong Number", https://hdl.handle.net/11568/1352607
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
attention = reconstruction(map, image, { distance = option.distance })

minimize(cross_entropy(logits, label) + option.lambda * attention)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
