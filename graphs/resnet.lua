-- graphs/resnet.lua   residual networks (He et al. 2015): 8, 14 or 20 layers of basic blocks,
-- or the plan of ResNet-18 for 28 x 28
option { depth = 20,                 -- 8, 14, 20: three stages of (depth - 2) / 6 blocks; 18: four stages of two
         width = 16,                 -- channels of the first stage; ResNet-18 has 64
         skip = true,                -- the sums that make it residual
         norm = true,                -- batch normalisation; without it the convolutions have a bias
         stem = 1,                   -- stride of the first convolution: 2 halves every feature map
         late = false,               -- halve in the second block of a stage instead of the first
         shift = 2, flip = false,    -- augmentation: pixels, and whether left and right may change places
         cutout = 0,                 -- and the side of a square that is blanked out
         storage = "fp32" }          -- "bf16": activations wait for the backward pass in half the memory

local resnet = use "networks/resnet.lua" (option)

image    = input { 28, 28, 1 }
label    = labels(10)
features = resnet.features(image)    -- 7 x 7 x 4*width; of ResNet-18 4 x 4 x 8*width
logits   = resnet.head(features)

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

local recipe = use "recipes/resnet.lua"
recipe.storage = option.storage
train(recipe)
