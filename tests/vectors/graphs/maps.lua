-- maps.lua   every class activation map with every option, of the last layer and of an earlier one
option { head = "linear" }           -- after global pooling; "norm": layer_norm between; "hidden": two linear layers on
                                     -- all features
image = input { 6, 6, 2 }
label = labels(4)
early = relu(conv2d(image, 4))
last = relu(conv2d(max_pool(early, 2), 5))
rows = param({ 4, 5 }, { init = "xavier_uniform" })    -- the classes' weights of the last layer, and of the earlier one
early_rows = param({ 4, 4 }, { init = "xavier_uniform" })
if option.head == "linear" then logits = linear(global_avg_pool(last), 4, { weight = rows })
elseif option.head == "norm" then logits = linear(layer_norm(global_avg_pool(last)), 4, { weight = rows })
else logits = linear(relu(linear(flatten(last), 6)), 4) end

local of_label, of_best = pick(logits, label), pick(logits, argmax(logits))
local of_wrong, of_share = pick(logits, runner_up(logits, label)), pick(softmax(logits), label)
local total = cross_entropy(logits, label)
local function add(name, map)
    output(name, map)
    total = total + mean(map * map + map)
end
local kinds = { { "grad_cam", grad_cam }, { "elementwise", grad_cam_elementwise }, { "hirescam", hirescam },
                { "layercam", layercam }, { "xgrad_cam", xgrad_cam }, { "grad_cam_pp", grad_cam_pp } }
local scales = { "l2", "l1", "sum", "max", "min_max", "softmax", "none" }
for at, layer in ipairs { last, early } do
    local where = at == 1 and "last_" or "early_"
    for i, kind in ipairs(kinds) do
        local name, f = where .. kind[1], kind[2]
        add(name, f(of_label, layer))
        add(name .. "_raw", f(of_label, layer, { relu = false }))
        add(name .. "_stop", f(of_label, layer, { weights = "stop" }))
        add(name .. "_softmax", f(of_share, layer))
        add(name .. "_best", f(of_best, layer, { normalize = scales[i] }))
        add(name .. "_wrong", f(of_wrong, layer, { normalize = scales[i % 6 + 1], relu = i == 2 or i == 3 }))
    end
    for _, scale in ipairs(scales) do
        add(where .. "scaled_" .. scale, grad_cam(of_label, layer, { normalize = scale }))
    end
    local weight = at == 1 and rows or early_rows
    add(where .. "cam", cam(layer, weight, label))
    add(where .. "cam_raw", cam(layer, weight, label, { relu = false, normalize = "l2" }))
    add(where .. "cam_stop", cam(layer, weight, argmax(logits), { weights = "stop", normalize = "max" }))
    add(where .. "cam_wrong", cam(layer, weight, runner_up(logits, label),
                                  { normalize = "min_max", resize = { 7, 8 } }))
    add(where .. "smooth", grad_cam(of_label, layer, { normalize = "max", resize = { 8, 7 } }))
    add(where .. "nearest", layercam(of_share, layer, { normalize = "sum", resize = { 7, 4, "nearest" } }))
    add(where .. "shrunk", hirescam(of_label, layer, { relu = false, resize = { 2, 3, "bilinear" } }))
end
minimize(total)
