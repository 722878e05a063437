-- graphs/objectives/class_against_class.lua   the maps of the true class and of the most confusing wrong class must
-- differ on the same image
-- Sources: Ignesti and Martinelli 2025, "You've Got the Wrong Outfit", https://hdl.handle.net/11568/1352608;
-- overlap: Wang et al. 2019, Sharpen Focus (ICASC), https://arxiv.org/abs/1811.07484
option { width = 32,                 -- channels of the first layer: --set width=16
         lambda = 0.1,               -- weight of the objective; 0: plain cross-entropy
         kind = "overlap",           -- overlap, cosine or margin
         margin = 0.5 }              -- of the kind margin

local cnn = use "../networks/cnn.lua" { width = option.width }

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)                                        -- 7 x 7 x 4*width
logits   = cnn.head(features)

map      = grad_cam(pick(logits, label), features)
wrong    = grad_cam(pick(logits, runner_up(logits, label)), features)
separate = class_against_class(map, wrong, { kind = option.kind, margin = option.margin })

minimize(cross_entropy(logits, label) + option.lambda * separate)
use "../recipes/maps.lua" (logits, label, map)
train(use "../recipes/cnn.lua")
