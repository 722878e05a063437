-- similarities.lua   cosine_similarity, ssim and normalize of every kind, for maps above 0, of both signs and all 0
a = input { 12, 9, 2 }
b = input { 12, 9, 2 }
blank = input { 2, 3, 1 }                    -- 0 everywhere: finite values and gradients
local total = 0
local function score(y) total = total + mean(y * y + y) return y end
local map, image = sigmoid(a), sigmoid(b)

angle, angle_rows   = score(cosine_similarity(a, b)), score(cosine_similarity(flatten(map), flatten(b)))
close               = score(ssim(map, image))                           -- the image is narrower than the window
close_small         = score(ssim(map, image, { window = 5, sigma = 0.8, range = 2 }))
n_l2, n_l1, n_sum   = score(normalize(a, "l2")), score(normalize(a, "l1")), score(normalize(map, "sum"))
n_max, n_min_max    = score(normalize(a, "max")), score(normalize(a, "min_max"))
n_softmax, n_none   = score(normalize(a, "softmax")), score(normalize(a, "none"))
n_l2_eps, n_l1_eps  = score(normalize(a, "l2", { eps = 1000 })), score(normalize(a, "l1", { eps = 1000 }))
n_sum_eps, n_max_eps = score(normalize(map, "sum", { eps = 3 })), score(normalize(a, "max", { eps = 1000 }))
n_min_max_eps       = score(normalize(a, "min_max", { eps = 1000 }))
n_row               = score(normalize(flatten(map), "min_max"))
for _, kind in ipairs { "l2", "l1", "sum", "max", "min_max", "softmax" } do score(normalize(blank, kind)) end
minimize(total)
