-- graphs/objectives/sup_con.lua   images of one class attract each other, all others of the batch repel,
-- by what the network looks at
-- Source: Khosla et al. 2020, Supervised Contrastive Learning, https://arxiv.org/abs/2004.11362
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         temperature = 0.1,          -- of the contrastive loss: similarities are divided by it
         of = "map" }                -- what is compared: map, embedding or both

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map      = grad_cam(pick(logits, label), features, { normalize = "l2" })
local rows = use "../losses/rows.lua" (option.of, map, features)
contrast = sup_con(rows, label, { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
