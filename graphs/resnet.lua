-- graphs/resnet.lua   residual networks (He et al. 2015): 8, 14 or 20 layers of basic blocks,
-- or the plan of ResNet-18 for 28 x 28
option { depth = 20,                 -- 8, 14, 20: three stages of (depth - 2) / 6 blocks; 18: four stages of two
         width = 16,                 -- channels of the first stage; ResNet-18 has 64
         skip = true,                -- the sums that make it residual
         norm = true,                -- batch normalisation; without it the convolutions have a bias
         stem = 1,                   -- stride of the first convolution: 2 halves every feature map
         late = false,               -- halve in the second block of a stage instead of the first
         shift = 2, flip = false,    -- augmentation: pixels, and whether left and right may change places
         cutout = 0 }                -- and the side of a square that is blanked out

image = input { 28, 28, 1 }
label = labels(10)

local stages, blocks = 3, (option.depth - 2) // 6
if option.depth == 18 then stages, blocks = 4, 2
elseif 6 * blocks + 2 ~= option.depth or blocks < 1 then error("depth is " .. option.depth .. ", not 18 or 6 n + 2") end

local function conv(name, x, channels, kernel, stride)
    x = conv2d(x, channels, { kernel = kernel, stride = stride, padding = kernel // 2, bias = not option.norm,
                              init = "kaiming_normal", name = "conv" .. name })
    return option.norm and batch_norm(x, { name = "bn" .. name }) or x
end

local function block(x, channels, stride)
    local y = relu(conv("1", x, channels, 3, stride))
    y = conv("2", y, channels, 3, 1)
    if option.skip then
        if stride ~= 1 or x.channels ~= channels then x = conv("_skip", x, channels, 1, stride) end
        y = y + x
    end
    return relu(y)
end

local x = scope("stem", function() return relu(conv("", image, option.width, 3, option.stem)) end)
for stage = 1, stages do
    local halving = option.late and math.min(2, blocks) or 1
    for i = 1, blocks do
        local stride = stage > 1 and i == halving and 2 or 1
        x = scope("stages." .. stage .. "." .. i, function() return block(x, option.width << (stage - 1), stride) end)
    end
end
features = x
logits   = linear(global_avg_pool(features), 10, { name = "fc" })

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 128, epochs = 20, seed = 1, accuracy = "f4",
        optimizer = sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 5e-4 },
        schedule  = one_cycle { peak = 0.15 },
        augment   = { shift = option.shift, flip = option.flip, cutout = option.cutout } }
