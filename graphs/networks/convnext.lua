-- graphs/networks/convnext.lua   ConvNeXt (Liu et al. 2022) and ConvNeXt V2 (Woo et al. 2023) for 28 x 28:
-- three stages of inverted bottlenecks
--
--     local convnext = use "networks/convnext.lua" { dim = 32 }   -- settings that are not given have the defaults of
--     features = convnext.features(image)                         -- convnext.lua; also: what the first stage makes
--     logits   = convnext.head(features)
local halvings = { [28] = 0, [14] = 1, [7] = 2, [3] = 3 }                    -- of the image, down to the feature map

return function(o)
    local dim, depth, version, scale = o.dim or 32, o.depth or 2, o.version or 1, o.scale or 1.0
    local given = o.init or "trunc_normal"
    local init = given ~= "default" and given or nil
    local patches = { o.stem or 2, 2, 2 }                                    -- and strides: of the stem, before stages
    local side = o.feature_map or 0
    if side ~= 0 then
        local n = halvings[side] or error("feature_map is " .. side .. ", not 0, 28, 14, 7 or 3")
        patches = { n > 0 and 2 or 1, n > 1 and 2 or 1, n > 2 and 2 or 1 }
    end

    local function norm(x) return o.norm == false and x or layer_norm(x, { name = "norm" }) end
    local function inverted(x)
        local c = x.channels
        local y = conv2d(x, c, { kernel = o.kernel or 7, groups = c, init = init, name = "dwconv" })
        y = gelu(linear(norm(y), 4 * c, { init = init, name = "pwconv1" }))
        if version == 2 then y = grn(y, { name = "grn" }) end
        return linear(y, c, { init = init, name = "pwconv2" })
    end
    local function plain(x)                                                  -- one convolution of all channels
        return gelu(norm(conv2d(x, x.channels, { kernel = o.kernel or 7, init = init, name = "conv" })))
    end
    local inners = { inverted = inverted, plain = plain }
    local inner = inners[o.block or "inverted"] or error("block is '" .. o.block .. "', not inverted or plain")
    local function block(x, share)
        local y = inner(x)
        if version == 1 and scale ~= 0 then y = layer_scale(y, { init = scale, name = "gamma" }) end
        return o.skip ~= false and x + drop_path(y, (o.drop or 0.0) * share) or y
    end

    local function features(x)
        local total, early = 3 * depth, nil
        for stage = 1, 3 do
            local c, patch = dim << (stage - 1), patches[stage]
            x = scope(stage == 1 and "stem" or "downsample." .. stage, function()
                local y = stage > 1 and norm(x) or x
                y = conv2d(y, c, { kernel = patch, stride = patch, padding = "valid", init = init, name = "conv" })
                return stage == 1 and norm(y) or y
            end)
            for i = 0, depth - 1 do
                local share = total > 1 and ((stage - 1) * depth + i) / (total - 1) or 0
                x = scope("stages." .. stage .. "." .. i, function() return block(x, share) end)
            end
            early = early or x
        end
        return x, early
    end
    local function head(x) return linear(norm(global_avg_pool(x)), 10, { init = init, name = "head" }) end
    return { features = features, head = head }
end
