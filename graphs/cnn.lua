-- graphs/cnn.lua   a small convolutional network: four 3x3 layers, two poolings, one linear layer on the mean of the features
option { width = 32 }                         -- channels of the first layer: --set width=16

image = input { 28, 28, 1 }
label = labels(10)

local function layer(x, channels)
    return relu(conv2d(x, channels, { kernel = 3, init = "kaiming_normal" }))
end

local w = option.width
local x = layer(image, w)
x = max_pool(layer(x, 2 * w), 2)
x = max_pool(layer(x, 2 * w), 2)
features = layer(x, 4 * w)                    -- 7 x 7 x 4*width
logits   = linear(global_avg_pool(features), 10)

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 128, epochs = 3, seed = 1,
        optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 8e-3 } }
