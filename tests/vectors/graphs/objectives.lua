-- objectives.lua   every objective on maps with every option, of the last layer and of an earlier one:
-- gradients of gradients
option { head = "linear" }           -- after global pooling; "norm": layer_norm between; "hidden": two linear layers on
                                     -- all features
image = input { 6, 6, 2 }
other = input { 6, 6, 2 }
outside = input { 6, 6, 1 }
per_channel = input { 6, 6, 2 }
label = labels(4)
local net = shared("net", function(x)
    local early = relu(conv2d(x, 4))
    local last = relu(conv2d(max_pool(early, 2), 5))
    local pooled = global_avg_pool(last)
    local y = option.head == "hidden" and relu(linear(flatten(last), 6))
        or option.head == "norm" and layer_norm(pooled) or pooled
    return linear(y, 4), early, last
end)
local view
logits, early, last = net(image)
view = { net(other) }

local score, wrong = pick(logits, label), pick(logits, runner_up(logits, label))
local total = cross_entropy(logits, label)
local losses = { total }
local function add(name, loss)
    output(name, loss)
    total = total + loss
end
local distances = { "l1", "l2", "l2_squared", "ssim" }
for at, layer in ipairs { last, early } do
    local before = at == 1 and "last_" or "early_"
    local map = grad_cam(score, layer, { normalize = "max" })
    local raw = layercam(score, layer, { relu = false })
    local confusing = grad_cam(wrong, layer)
    local second = grad_cam(pick(view[1], label), view[4 - at], { normalize = "l1" })
    local z, z2 = flatten(normalize(raw, "l2")), flatten(second)
    for _, kind in ipairs(distances) do
        add(before .. "reconstruction_" .. kind, reconstruction(map, image, { distance = kind }))
        add(before .. "prototype_" .. kind, prototype(map, label, { distance = kind }))
        add(before .. "batch_cam_" .. kind, batch_cam(map, label, { distance = kind }))
        add(before .. "batch_mean_" .. kind, batch_cam(map, label, { distance = kind, target = "batch_mean" }))
    end
    add(before .. "reconstruction", reconstruction(raw, outside))
    add(before .. "sup_con", sup_con(z, label))
    add(before .. "sup_con_warm", sup_con(flatten(map), label, { temperature = 0.7 }))
    add(before .. "info_nce", info_nce(z, z2))
    add(before .. "info_nce_cold", info_nce(flatten(map), z2, { temperature = 0.2 }))
    add(before .. "pairs", contrastive_pairs(z, label))
    add(before .. "pairs_wide", contrastive_pairs(flatten(map), label, { margin = 3 }))
    add(before .. "triplet", triplet(z, label))
    add(before .. "triplet_wide", triplet(flatten(map), label, { margin = 2 }))
    add(before .. "cgc", cgc(map, second))
    add(before .. "cgc_cold", cgc(raw, second, { temperature = 0.1 }))
    add(before .. "overlap", class_against_class(map, confusing))
    add(before .. "cosine", class_against_class(raw, confusing, { kind = "cosine" }))
    add(before .. "margin", class_against_class(map, confusing, { kind = "margin" }))
    add(before .. "margin_wide", class_against_class(raw, confusing, { kind = "margin", margin = 1.5 }))
    add(before .. "rrr_g", rrr_g(map, outside))
    add(before .. "gain", gain(net, image, map, label))
    losses[at + 1] = mean(raw * raw)
end
add("rrr_logits", rrr(logits, image, outside))
add("rrr_score", rrr(score, image, per_channel))
add("balanced", balance(losses))
minimize(total)
