-- a part that reads options, makes layers in scopes, names a value, and is used a second time
local width = option.width
local function layer(x, channels, name)
    local y = conv2d(x, channels, { init = "kaiming_normal", name = name })
    return relu(option.skip and x.channels == channels and x + y or y)
end
local net = {}
function net.features(x, about)
    for i = 1, option.depth do
        x = scope("stages." .. i, function() return layer(x, about.channels[i] * width, "conv") end)
        if i < option.depth then x = max_pool(x, 2) end
    end
    return x
end
function net.head(x) return linear(global_avg_pool(x), 10, { name = "fc" }) end
function net.attention(logits, label, features)
    map = grad_cam(pick(logits, label), features, { normalize = "l2" })
    return sup_con(flatten(map), label, { temperature = 0.1 })
end
return net, { channels = { 1, 2, 4 } }
