-- tests/cam/measured.lua   map metrics as the graph language says them: tests/cam_test.sh compares them with those of
-- `tailor cam`, of one layer and the label, or of the mean of two layers and class 3
option { several = false }
image = input { 28, 28, 1 }
label = labels(10)

local net = shared("net", function(x)
    x = max_pool(relu(conv2d(x, 6)), 2)
    local early = relu(conv2d(x, 8))
    x = relu(conv2d(max_pool(early, 2), 12))
    return linear(global_avg_pool(x), 10), x, early
end)
logits, features, early = net(image)
local several = option.several
local class = several and argmax(0 * logits + constant { 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 }) or label

local all = { "h", "w", "c" }
local function total(x) return sum(x, all, { keep = false }) end
local function map_of(scores, last, first)
    local function at(layer) return grad_cam(pick(scores, class), layer, { resize = { 28, 28 } }) end
    if not several then return at(last) end
    return (normalize(at(first), "max", { eps = 1e-12 }) + normalize(at(last), "max", { eps = 1e-12 })) / 2
end
map = map_of(logits, features, early)
local m = normalize(map, "min_max", { eps = 1e-12 })
local scaled = normalize(map, "max", { eps = 1e-12 })
local masked, masked_features, masked_early = net(image * m)
local again = map_of(masked, masked_features, masked_early)
local function centred(x) return x - mean(x, all) end
local a, b = centred(m), centred(again)
local p, o = pick(softmax(logits), class), pick(softmax(masked), class)

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
metric("live", greater(total(map), 0))
metric("energy_in_object", total(map * mask(image)) / max(total(map), 1e-30 + 0 * total(map)))     -- 0 of a dead map
metric("average_drop", 100 * relu(p - o) / p)
metric("increase_in_confidence", 100 * greater(o, p))
metric("complexity", mean(m, all, { keep = false }))
metric("coherency", (total(a * b) * rsqrt(total(a * a) * total(b * b) + 1e-30) + 1) / 2)
metric("l1_image", mean(abs(scaled - image), all, { keep = false }))
metric("l2_image", sqrt(mean((scaled - image) ^ 2, all, { keep = false })))
metric("ssim_image", ssim(scaled, image))

train { data = "digits", batch = 64, epochs = 2, seed = 3,
        optimizer = adam { lr = 5e-3 },
        schedule  = constant { } }
