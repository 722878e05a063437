-- graphs/convnext.lua   ConvNeXt (Liu et al. 2022) and ConvNeXt V2 (Woo et al. 2023) for 28 x 28:
-- three stages of inverted bottlenecks
option { dim = 32,                   -- channels of the first stage, doubled at each next one
         depth = 2,                  -- blocks of each stage
         kernel = 7,                 -- of the depthwise convolutions
         stem = 2,                  -- patch and stride of the stem: 1, 2 or 4, which sets the size of every feature map
         version = 1,                -- 2: global response normalisation in place of LayerScale
         scale = 1.0,                -- LayerScale begins here; 0: none
         skip = true,                -- the sums that make it residual
         drop = 0.0,                 -- stochastic depth of the last block, rising from 0
         init = "trunc_normal",      -- of weights: as in the papers; "default": uniform by the number of inputs
         shift = 2, flip = false }   -- augmentation: pixels, and whether left and right may change places

image = input { 28, 28, 1 }
label = labels(10)

local init = option.init ~= "default" and option.init or nil

local function block(x, share)
    local c = x.channels
    local y = conv2d(x, c, { kernel = option.kernel, groups = c, init = init, name = "dwconv" })
    y = gelu(linear(layer_norm(y, { name = "norm" }), 4 * c, { init = init, name = "pwconv1" }))
    if option.version == 2 then y = grn(y, { name = "grn" }) end
    y = linear(y, c, { init = init, name = "pwconv2" })
    if option.version == 1 and option.scale ~= 0 then y = layer_scale(y, { init = option.scale, name = "gamma" }) end
    return option.skip and x + drop_path(y, option.drop * share) or y
end

local x, total = image, 3 * option.depth
for stage = 1, 3 do
    local c = option.dim << (stage - 1)
    local patch = stage == 1 and option.stem or 2
    x = scope(stage == 1 and "stem" or "downsample." .. stage, function()
        local y = stage > 1 and layer_norm(x, { name = "norm" }) or x
        y = conv2d(y, c, { kernel = patch, stride = patch, padding = "valid", init = init, name = "conv" })
        return stage == 1 and layer_norm(y, { name = "norm" }) or y
    end)
    for i = 0, option.depth - 1 do
        local share = total > 1 and ((stage - 1) * option.depth + i) / (total - 1) or 0
        x = scope("stages." .. stage .. "." .. i, function() return block(x, share) end)
    end
end
features = x
logits   = linear(layer_norm(global_avg_pool(features), { name = "norm" }), 10, { init = init, name = "head" })

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 128, epochs = 12, seed = 1,
        optimizer = adamw { lr = 3e-3, weight_decay = 0.05 },
        schedule  = one_cycle { peak = 3e-3 },
        augment   = { shift = option.shift, flip = option.flip } }
