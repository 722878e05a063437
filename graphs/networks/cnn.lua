-- graphs/networks/cnn.lua   2 to 4 convolutions, poolings before the last of them, and a linear layer
--
--     local cnn = use "networks/cnn.lua" { width = 32 }   -- settings that are not given have the defaults of cnn.lua
--     features  = cnn.features(image)                     -- 7 x 7 x 4*width; also: the layer before the last pooling
--     logits    = cnn.head(features)
local plans = { [2] = { 1, 2 }, [3] = { 1, 2, 4 }, [4] = { 1, 2, 2, 4 } }    -- channels of the layers, in widths
local pools = { max = max_pool, avg = avg_pool, stride = function(x) return x end }
local heads = { gap = global_avg_pool, flatten = flatten }
local halvings = { [28] = 0, [14] = 1, [7] = 2, [3] = 3 }                    -- of the image, down to the feature map

return function(o)
    local width, depth, norm = o.width or 32, o.depth or 4, o.norm
    local plan = plans[depth] or error("depth is " .. depth .. ", not 2, 3 or 4")
    local pooling = o.pooling or "max"
    local pool = pools[pooling] or error("pooling is '" .. pooling .. "', not max, avg or stride")
    local head = heads[o.head or "gap"] or error("head is '" .. o.head .. "', not gap or flatten")
    local halved = halvings[o.feature_map or 7] or error("feature_map is " .. o.feature_map .. ", not 28, 14, 7 or 3")

    local function conv(name, bn, x, channels, kernel, stride, groups)
        local y = conv2d(x, channels, { kernel = kernel, stride = stride, groups = groups, bias = not norm,
                                        init = "kaiming_normal", name = name })
        return norm and batch_norm(y, { name = bn }) or y
    end
    local function plain(i, x, channels, stride)
        return conv("conv" .. i, "bn" .. i, x, channels, o.kernel or 3, stride)
    end
    local function inverted(i, x, channels, stride)                          -- narrow, four times as wide, narrow
        local c = 4 * x.channels
        local y = relu(conv("expand" .. i, "bn_expand" .. i, x, c, 1))
        y = relu(conv("conv" .. i, "bn" .. i, y, c, o.kernel or 3, stride, c))
        return conv("project" .. i, "bn_project" .. i, y, channels, 1)
    end
    local blocks = { plain = plain, inverted = inverted }
    local block = blocks[o.block or "plain"] or error("block is '" .. o.block .. "', not plain or inverted")

    local function shortcut(i, x, channels, stride)
        if stride == 1 and x.channels == channels then return x end
        return conv2d(x, channels, { kernel = 1, stride = stride, padding = "valid", name = "conv_skip" .. i })
    end
    local function layer(i, x, channels, stride)
        local y = (i > 1 and block or plain)(i, x, channels, stride)
        return relu(o.skip and i > 1 and y + shortcut(i, x, channels, stride) or y)
    end

    local function features(x)
        local early
        for i, widths in ipairs(plan) do
            local halves = i < depth and i >= depth - halved                 -- before each of the last layers
            x = layer(i, x, widths * width, halves and pooling == "stride" and 2 or 1)
            if i == depth - 1 then early = x end
            if halves then x = pool(x, 2) end
        end
        return x, early
    end
    return { features = features, head = function(x) return linear(head(x), 10, { name = "fc" }) end }
end
