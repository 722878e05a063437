-- large.lua   logits far from 0, whose differences are small:
-- every number here is exact in a float until it is exponentiated
row = input { 6 }
other = input { 6 }
label = labels(5)
local function lifted(x) return x + 1048576 end
local high = lifted(row)
log_shares, shares = log_softmax(high), softmax(high)
ce        = cross_entropy(high, label)
ce_smooth = cross_entropy(high, label, { label_smoothing = 0.2 })
ce_weight = cross_entropy(high, label, { weight = { 1, 2, 0.5, 1.5, 0.25, 1 } })
ce_soft   = cross_entropy(high, softmax(other))
bce       = binary_cross_entropy(6 * row, greater(row, 0))   -- what is left of a large logit whose target agrees
contrast  = sup_con(concat({ row, 0 * slice(row, 2, 1, 1) + 512 }, 2), label, { temperature = 1 })
views     = info_nce(row, other, { temperature = 0.05 })
minimize(ce + 0.9 * ce_smooth + 1.1 * ce_weight + 0.8 * ce_soft + bce + contrast + 0.1 * views
         + mean(log_shares * shares))
