-- graphs/objectives/reconstruction_sup_con.lua   the map of the true class must be the image, and embeddings of one
-- class must be alike and unlike those of others: the maps of reconstruction alone, and more right answers than by
-- cross-entropy alone (docs/results.md)
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 3.0,               -- weight of reconstruction
         also_lambda = 1.0,          -- weight of the contrastive loss; both 0: plain cross-entropy
         distance = "l1",            -- of the map from the image: l1, l2, l2_squared or ssim
         temperature = 0.1 }         -- of the contrastive loss: similarities are divided by it

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map       = grad_cam(pick(logits, label), features, { normalize = "max" })
attention = reconstruction(map, image, { distance = option.distance })
local rows = use "../losses/rows.lua" ("embedding", map, features)
contrast  = sup_con(rows, label, { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * attention + option.also_lambda * contrast)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
