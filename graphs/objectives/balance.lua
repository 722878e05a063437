-- graphs/objectives/balance.lua   cross-entropy, reconstruction and contrast with weights that are learned:
-- exp(-s) loss + s, one s each
-- Source: Kendall, Gal and Cipolla 2018, Multi-Task Learning Using Uncertainty, https://arxiv.org/abs/1705.07115
option { width = 32,                 -- channels of the first layer: --set width=16
         temperature = 0.1,          -- of the contrastive loss
         distance = "l1" }           -- of the reconstruction: l1, l2, l2_squared or ssim

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map       = grad_cam(pick(logits, label), features)
attention = reconstruction(normalize(map, "max"), image, { distance = option.distance })
contrast  = sup_con(flatten(normalize(map, "l2")), label, { temperature = option.temperature })

minimize(balance({ cross_entropy(logits, label), attention, contrast }))
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
