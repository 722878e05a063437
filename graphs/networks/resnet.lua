-- graphs/networks/resnet.lua   residual networks (He et al. 2015): three stages of basic blocks,
-- or the plan of ResNet-18 for 28 x 28
--
--     local resnet = use "networks/resnet.lua" { depth = 20 }   -- settings that are not given have the defaults of
--     features = resnet.features(image)                         -- resnet.lua; also: what the second stage makes
--     logits   = resnet.head(features)
return function(o)
    local depth, width, norm = o.depth or 20, o.width or 16, o.norm ~= false
    local stages, blocks = 3, (depth - 2) // 6
    if depth == 18 then stages, blocks = 4, 2
    elseif 6 * blocks + 2 ~= depth or blocks < 1 then error("depth is " .. depth .. ", not 18 or 6 n + 2") end

    local function conv(name, x, channels, kernel, stride)
        x = conv2d(x, channels, { kernel = kernel, stride = stride, padding = kernel // 2, bias = not norm,
                                  init = "kaiming_normal", name = "conv" .. name })
        return norm and batch_norm(x, { name = "bn" .. name }) or x
    end
    local function block(x, channels, stride)
        local y = relu(conv("1", x, channels, 3, stride))
        y = conv("2", y, channels, 3, 1)
        if o.skip ~= false then
            if stride ~= 1 or x.channels ~= channels then x = conv("_skip", x, channels, 1, stride) end
            y = y + x
        end
        return relu(y)
    end

    local function features(x)
        local early
        x = scope("stem", function() return relu(conv("", x, width, 3, o.stem or 1)) end)
        for stage = 1, stages do
            local halving = o.late and math.min(2, blocks) or 1
            for i = 1, blocks do
                local stride = stage > 1 and i == halving and 2 or 1
                x = scope("stages." .. stage .. "." .. i, function() return block(x, width << (stage - 1), stride) end)
            end
            if stage == 2 then early = x end
        end
        return x, early
    end
    return { features = features, head = function(x) return linear(global_avg_pool(x), 10, { name = "fc" }) end }
end
