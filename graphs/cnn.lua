-- graphs/cnn.lua   a small convolutional network, and what to ablate in it: by default four 3x3 layers,
-- two poolings, one linear layer
option { width = 32,                 -- channels of the first layer: --set width=16
         depth = 4,                  -- convolutions: 2, 3 or 4
         kernel = 3,                 -- height and width of what a convolution sees
         pooling = "max",            -- what halves the image: max, avg, or stride: a convolution of stride 2
         feature_map = 7,            -- its height and width: 28, 14, 7 or 3, by 0 to 3 poolings before the last layers
         head = "gap",               -- what the linear layer reads: gap, the mean of the features, or flatten, all
         norm = false,               -- batch normalisation; the convolutions before it then have no bias
         block = "plain",            -- of each layer but the first: one convolution, or inverted: 1x1 to four times the
                                     -- channels, 3x3 of each channel alone, 1x1 back
         skip = false }              -- sums around each layer but the first

local cnn = use "networks/cnn.lua" (option)

image    = input { 28, 28, 1 }
label    = labels(10)
features = cnn.features(image)       -- 7 x 7 x 4*width; with depth 2, one pooling and 14 x 14 x 2*width
logits   = cnn.head(features)

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train(use "recipes/cnn.lua")
