-- graphs/objectives/rrr_g.lua   where nothing is to be seen the map of the true class must be 0:
-- right for the right reasons, by Grad-CAM
-- Source: Schramowski et al. 2020, https://arxiv.org/abs/2001.05371; named RRR-G in https://arxiv.org/abs/2203.03668
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.001,             -- weight of the objective; 0: plain cross-entropy
         normalize = "max" }         -- how the map is scaled: max, min_max, l2, sum, ...

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

outside  = 1 - mask(image)                                                        -- what is no foreground
map      = grad_cam(pick(logits, label), features, { normalize = option.normalize })
reasons  = rrr_g(map, outside)

minimize(cross_entropy(logits, label) + option.lambda * reasons)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
