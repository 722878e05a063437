-- reductions.lua   every reduction over one axis, several, all and the batch, with and without keep; x has ties
x = input { 3, 4, 5 }
row = input { 6 }
local total = 0
local function score(y) total = total + mean(y * y + y) return y end

sum_all, sum_hw, sum_c, sum_b       = score(sum(x)), score(sum(x, { "h", "w" })), score(sum(x, "c", { keep = false })),
    score(sum(x, "b"))
mean_all, mean_hwc                  = score(mean(x)), score(mean(x, { 2, 3, 4 }, { keep = false }))
mean_w, mean_b                      = score(mean(x, 3)), score(mean(row, "b", { keep = false }))
max_all, max_hw, max_c, max_row     = score(max(x)), score(max(x, { "h", "w" })), score(max(x, "c", { keep = false })),
    score(max(row, 2))
min_all, min_hw, min_c, min_row     = score(min(x)), score(min(x, { "h", "w" })), score(min(x, "c", { keep = false })),
    score(min(row, 2))
norm_all, norm_hw                   = score(norm(x)), score(norm(x, { "h", "w" }))
norm_c, norm_bc                     = score(norm(x, "c", { keep = false })), score(norm(x, { "b", "c" }))
lse_all, lse_hw                     = score(logsumexp(x)), score(logsumexp(x, { "h", "w" }))
lse_c, lse_row                      = score(logsumexp(x, "c", { keep = false })), score(logsumexp(row, 2))
soft_last, soft_h, soft_row         = score(softmax(x)), score(softmax(x, "h")), score(softmax(row, 2))
log_last, log_w, log_row            = score(log_softmax(x)), score(log_softmax(x, 3)), score(log_softmax(row))
arg_last, arg_h, arg_row            = argmax(x), argmax(x, "h"), argmax(row)
running_c, running_h, running_row   = score(cumsum(x, "c")), score(cumsum(x, 2)), score(cumsum(row, "c"))
minimize(total)
