-- graphs/objectives/gain.lua   what is left of the image outside of its map must not show its class:
-- the map then covers all of the object
-- Source: Li et al. 2018, Tell Me Where to Look (GAIN), https://arxiv.org/abs/1802.10171 (attention mining)
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1 }              -- weight of the objective; 0: plain cross-entropy

local cnn = use "../networks/cnn.lua" { width = option.width }
local net = shared("net", function(x)
    local features = cnn.features(x)
    return cnn.head(features), features                               -- the features are 7 x 7 x 4*width
end)

image = input { 28, 28, 1 }
label = labels(10)
logits, features = net(image)

map  = grad_cam(pick(logits, label), features)
rest = gain(net, image, map, label)                                               -- a second pass of the same network

minimize(cross_entropy(logits, label) + option.lambda * rest)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
