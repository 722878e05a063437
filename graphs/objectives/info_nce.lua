-- graphs/objectives/info_nce.lua   two augmented views of an image must be looked at alike,
-- and unlike all other images of the batch
-- Source: Chen et al. 2020, A Simple Framework for Contrastive Learning (NT-Xent), https://arxiv.org/abs/2002.05709
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         temperature = 0.5 }         -- of the contrastive loss: similarities are divided by it

local cnn = use "../networks/cnn.lua" { width = option.width }
local net = shared("net", function(x)
    local features = cnn.features(x)
    return cnn.head(features), features                               -- the features are 7 x 7 x 4*width
end)

image = input { 28, 28, 1 }
label = labels(10)
logits, features = net(image)

local logits_2, features_2 = net(view(image, 2))
map      = grad_cam(pick(logits, label), features)
map_2    = grad_cam(pick(logits_2, label), features_2)
contrast = info_nce(flatten(map), flatten(map_2), { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
use "../recipes/maps.lua" (logits, label, map)
local recipe = use "../recipes/cnn.lua"
recipe.augment, recipe.views = { shift = 2, rotate = 10 }, 2
train(recipe)
