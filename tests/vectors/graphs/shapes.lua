-- shapes.lua   what moves, picks and repeats elements
x = input { 5, 6, 3 }
row = input { 6 }
label = labels(4)
weights = param { 4, 6 }
local total = 0
local function score(y) total = total + mean(y * y + y) return y end

slice_h, slice_c, slice_row   = score(slice(x, "h", 2, 4)), score(slice(x, 4, 2, 2)), score(slice(row, "c", 3, 6))
pad_hw, pad_value             = score(pad(x, { h = { 1, 2 }, w = { 0, 1 } })), score(pad(x, { [2] = { 2, 0 } }, 0.5))
pad_last                      = score(pad(row, { c = { 1, 1 } }))
concat_h, concat_c            = score(concat({ x, x * x }, "h")), score(concat({ x, slice(x, "c", 1, 2), exp(x) }, 4))
concat_row                    = score(concat({ row, reshape(x, { 90 }) }, 2))
permute_hw, permute_list      = score(permute(x, { 1, 3, 2, 4 })), score(permute(reshape(x, { 30, 3 }), { 1, 3, 2 }))
reshaped, flat                = score(linear(reshape(x, { 3, 6, 5 }), 2)), score(linear(flatten(x), 3))
nearest_up, nearest_down      = score(resize(x, 10, 9, "nearest")), score(resize(x, 3, 4, "nearest"))
bilinear_up, bilinear_down    = score(resize(x, 11, 8, "bilinear")), score(resize(x, 2, 4, "bilinear"))
bilinear_mixed                = score(resize(slice(x, "c", 1, 1), 3, 13, "bilinear"))
local thin = slice(x, "c", 1, 1)
nearest_double, nearest_third = score(resize(x, 10, 12, "nearest")), score(resize(x, 1, 2, "nearest"))
floor_up, floor_down          = score(resize(x, 12, 13, "nearest_floor")), score(resize(x, 3, 4, "nearest_floor"))
floor_double, floor_half      = score(resize(x, 15, 12, "nearest_floor")), score(resize(x, 1, 3, "nearest_floor"))
-- 37 * 6 / 74 is 2.9999998
floor_mixed, floor_rounded    = score(resize(x, 10, 2, "nearest_floor")), score(resize(thin, 5, 74, "nearest_floor"))
corners_up, corners_down      = score(resize(x, 9, 11, "bilinear", { align_corners = true })),
    score(resize(x, 3, 4, "bilinear", { align_corners = true }))
corners_one, corners_of_one   = score(resize(x, 1, 9, "bilinear", { align_corners = true })),
    score(resize(slice(x, "h", 2, 2), 4, 6, "bilinear", { align_corners = true }))
corners_thin                  = score(resize(thin, 7, 3, "bilinear", { align_corners = true }))
gather_rows, gather_list      = score(gather(weights, label, 1)), score(gather(x, constant { 2, 0, 2, 1, 0 }, "c"))
gather_each                   = score(gather(row, reshape(label, { 1 }), 2))
scatter_rows, scatter_list    = score(scatter_add(row, label, 4, 1)),
    score(scatter_add(x, constant { 2, 0, 2, 1, 0, 2 }, 4, "w"))
picked, picked_max            = score(pick(row, label)), score(pick(row, argmax(row)))
hot, hot_wide                 = one_hot(label), one_hot(label, 6)
chosen                        = score(row * hot_wide)
minimize(total)
