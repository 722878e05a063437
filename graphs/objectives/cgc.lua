-- graphs/objectives/cgc.lua   the map of an image that is moved must be the moved map of the image,
-- and unlike the maps of the rest of the batch
-- Source: Pillai et al. 2022, Consistent Explanations by Contrastive Learning (CGC), https://arxiv.org/abs/2110.00527
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.5,               -- weight of the objective; 0: plain cross-entropy
         temperature = 0.5 }         -- of the contrastive loss: similarities are divided by it

local cnn = use "../networks/cnn.lua" { width = option.width }
local net = shared("net", function(x)
    local features = cnn.features(x)
    return cnn.head(features), features                               -- the features are 7 x 7 x 4*width
end)

image = input { 28, 28, 1 }
label = labels(10)
logits, features = net(image)

local function moved(x, n) return slice(pad(x, { w = { n, 0 } }), "w", 1, x.width) end      -- to the right; 0 comes in
local logits_moved, features_moved = net(moved(image, 4))                         -- one place of the map is four pixels
map      = grad_cam(pick(logits, label), features)
contrast = cgc(grad_cam(pick(logits_moved, label), features_moved), moved(map, 1), { temperature = option.temperature })

minimize(cross_entropy(logits, label) + option.lambda * contrast)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
