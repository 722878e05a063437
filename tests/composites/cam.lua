-- cam.lua   every class activation map and every objective on maps; `dead` features are all 0, and so are their maps
image = input { 6, 5, 2 }
other = input { 6, 5, 2 }
area = input { 6, 5, 1 }
label = labels(4)
rows = param({ 4, 3 }, { init = "xavier_uniform" })
local net = shared("net", function(x)
    local early = softplus(conv2d(x, 3))
    local last = softplus(conv2d(avg_pool(early, 2), 3))
    local dead = relu(conv2d(x, 3) - 100)
    return linear(tanh(linear(concat({ flatten(last), global_avg_pool(dead) }, "c"), 5)), 4), early, last, dead
end)
logits, early, last, dead = net(image)
local seen, _, of_other, dead_of_other = net(other)
local score, wrong = pick(logits, label), pick(softmax(logits), runner_up(logits, label))

local total = cross_entropy(logits, label)
local function add(x) total = total + mean(x * x + x) end
for i, layer in ipairs { early, last, dead } do
    for _, map in ipairs { grad_cam, grad_cam_elementwise, hirescam, layercam, xgrad_cam, grad_cam_pp } do
        add(map(score, layer))
        add(map(wrong, layer, { relu = false, weights = "stop", resize = { 4, 7 } }))
    end
    for _, kind in ipairs { "l2", "l1", "sum", "max", "min_max", "softmax", "none" } do
        add(grad_cam(score, layer, { normalize = kind }))
        add(cam(layer, rows, label, { normalize = kind, resize = { 7, 6, "nearest" } }))
    end
end

local function objectives(features, of_view)
    local map = grad_cam(score, features, { normalize = "max" })
    local raw = layercam(score, features, { relu = false })
    local confusing = grad_cam(wrong, features, { normalize = "min_max" })
    local second = grad_cam(pick(seen, label), of_view)
    local z, z2 = flatten(normalize(map, "l2")), flatten(second)
    local list = { sup_con(z, label), info_nce(z, z2), contrastive_pairs(z, label, { margin = 2 }),
                   triplet(z, label, { margin = 2 }),
                   cgc(map, second), gain(net, image, map, label), rrr_g(map, area),
                   keep_alive(raw, { margin = 2 }) }
    for _, d in ipairs { "l1", "l2", "l2_squared", "ssim" } do
        for _, loss in ipairs { reconstruction(map, image, { distance = d }), prototype(map, label, { distance = d }),
                                batch_cam(map, label, { distance = d }),
                                batch_cam(map, label, { distance = d, target = "batch_mean" }) } do
            table.insert(list, loss)
        end
    end
    for _, kind in ipairs { "overlap", "cosine", "margin" } do
        table.insert(list, class_against_class(raw, confusing, { kind = kind, margin = 1.5 }))
    end
    return list
end
for i, loss in ipairs(objectives(last, of_other)) do output("alive_" .. i, loss) total = total + loss end
for i, loss in ipairs(objectives(dead, dead_of_other)) do output("dead_" .. i, loss) total = total + loss end
weighed = balance { mean(last * last), rrr(logits, image, area), rrr(score, image, area) }
minimize(total + weighed)
