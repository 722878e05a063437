-- bench/objectives.lua   one network with one objective on its maps:
-- what a step costs beside plain cross-entropy (bench/objectives.sh)
option { network = "cnn",       -- cnn, resnet or convnext: as graphs/cnn.lua, graphs/resnet.lua and graphs/convnext.lua
         objective = "none",
         map = "grad_cam",           -- a constructor of the CAM family
         layer = "last",             -- whose map: last, or early, 14 x 14
         lambda = 0.1 }

image = input { 28, 28, 1 }
label = labels(10)

local function cnn(x)
    local function layer(y, channels) return relu(conv2d(y, channels, { init = "kaiming_normal" })) end
    x = max_pool(layer(layer(x, 32), 64), 2)
    local early = layer(x, 64)
    local last = layer(max_pool(early, 2), 128)
    return linear(global_avg_pool(last), 10), last, early
end

local function resnet(x)
    local function layer(y, channels, kernel, stride)
        return batch_norm(conv2d(y, channels, { kernel = kernel, stride = stride, padding = kernel // 2, bias = false,
                                                init = "kaiming_normal" }))
    end
    x = relu(layer(x, 16, 3, 1))
    local early
    for stage = 1, 3 do
        local c = 16 << (stage - 1)
        for i = 1, 3 do
            local stride = stage > 1 and i == 1 and 2 or 1
            local y = layer(relu(layer(x, c, 3, stride)), c, 3, 1)
            x = relu(y + (stride > 1 and layer(x, c, 1, stride) or x))
        end
        if stage == 2 then early = x end
    end
    return linear(global_avg_pool(x), 10), x, early
end

local function convnext(x)
    local early
    for stage = 1, 3 do
        local c = 32 << (stage - 1)
        if stage > 1 then x = layer_norm(x) end
        x = conv2d(x, c, { kernel = 2, stride = 2, padding = "valid", init = "trunc_normal" })
        if stage == 1 then x = layer_norm(x) end
        for _ = 1, 2 do
            local y = gelu(linear(layer_norm(conv2d(x, c, { kernel = 7, groups = c, init = "trunc_normal" })), 4 * c,
                                  { init = "trunc_normal" }))
            x = x + layer_scale(linear(y, c, { init = "trunc_normal" }), { init = 1 })
        end
        early = early or x
    end
    return linear(layer_norm(global_avg_pool(x)), 10, { init = "trunc_normal" }), x, early
end

local plan = ({ cnn = cnn, resnet = resnet, convnext = convnext })[option.network]
    or error("network is not cnn, resnet or convnext")
local net = shared("net", plan)
local logits, last, early = net(image)
local maps = { grad_cam = grad_cam, grad_cam_elementwise = grad_cam_elementwise, hirescam = hirescam,
               layercam = layercam,
               xgrad_cam = xgrad_cam, grad_cam_pp = grad_cam_pp }
local make = maps[option.map] or error("map is no constructor of the CAM family that takes a score")
local function map_of(scores, class, a, b, options)
    return make(pick(scores, class), option.layer == "early" and b or a, options)
end
local function map(options) return map_of(logits, label, last, early, options) end
local function moved(x, n) return slice(pad(x, { w = { n, 0 } }), "w", 1, x.width) end

local objectives = {
    none = function() return nil end,
    reconstruction = function() return reconstruction(map { normalize = "max" }, image) end,
    prototype = function() return prototype(map { normalize = "max" }, label) end,
    batch_cam = function() return batch_cam(map { normalize = "max" }, label) end,
    sup_con = function() return sup_con(flatten(map { normalize = "l2" }), label) end,
    contrastive_pairs = function() return contrastive_pairs(flatten(map { normalize = "l2" }), label) end,
    triplet = function() return triplet(flatten(map { normalize = "l2" }), label) end,
    class_against_class = function()
        return class_against_class(map {}, map_of(logits, runner_up(logits, label), last, early, {}))
    end,
    rrr = function() return rrr(logits, image, 1 - mask(image)) end,
    rrr_g = function() return rrr_g(map { normalize = "max" }, 1 - mask(image)) end,
    gain = function() return gain(net, image, map {}, label) end,
    cgc = function()
        local scores, a, b = net(moved(image, 4))
        return cgc(map_of(scores, label, a, b, {}), moved(map {}, option.layer == "early" and 2 or 1))
    end,
    info_nce = function()
        local scores, a, b = net(view(image, 2))
        return info_nce(flatten(map {}), flatten(map_of(scores, label, a, b, {})))
    end,
}
local term = (objectives[option.objective] or error("there is no objective of that name"))()

minimize(term and cross_entropy(logits, label) + option.lambda * term or cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 128, epochs = 1, seed = 1, accuracy = "f4",
        views = option.objective == "info_nce" and 2 or 1,
        optimizer = option.network == "resnet"
                    and sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 5e-4 }
                    or adamw { lr = 1e-3, weight_decay = 0.05 },
        schedule  = constant { } }
