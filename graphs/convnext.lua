-- graphs/convnext.lua   ConvNeXt (Liu et al. 2022) and ConvNeXt V2 (Woo et al. 2023) for 28 x 28:
-- three stages of inverted bottlenecks
option { dim = 32,                   -- channels of the first stage, doubled at each next one
         depth = 2,                  -- blocks of each stage
         kernel = 7,                 -- of the depthwise convolutions
         stem = 2,                  -- patch and stride of the stem: 1, 2 or 4, which sets the size of every feature map
         version = 1,                -- 2: global response normalisation in place of LayerScale
         scale = 1.0,                -- LayerScale begins here; 0: none
         feature_map = 0,            -- its height and width: 28, 14, 7 or 3, in place of what the stem leaves; 0: that
         block = "inverted",         -- inverted bottlenecks, or plain: one convolution of all channels
         norm = true,                -- layer normalisation
         skip = true,                -- the sums that make it residual
         drop = 0.0,                 -- stochastic depth of the last block, rising from 0
         init = "trunc_normal",      -- of weights: as in the papers; "default": uniform by the number of inputs
         shift = 2, flip = false }   -- augmentation: pixels, and whether left and right may change places

local convnext = use "networks/convnext.lua" (option)

image    = input { 28, 28, 1 }
label    = labels(10)
features = convnext.features(image)  -- 3 x 3 x 4*dim
logits   = convnext.head(features)

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train(use "recipes/convnext.lua")
