-- graphs/objectives/rrr.lua   where nothing is to be seen the input gradient must be small: right for the right reasons
-- Source: Ross, Hughes and Doshi-Velez 2017, https://arxiv.org/abs/1703.03717
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1 }              -- weight of the objective; 0: plain cross-entropy

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

outside  = 1 - mask(image)                                                        -- what is no foreground
map      = grad_cam(pick(logits, label), features)
reasons  = rrr(logits, image, outside)

minimize(cross_entropy(logits, label) + option.lambda * reasons)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
