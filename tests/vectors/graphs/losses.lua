-- losses.lua   every loss, from labels and from soft targets, with its options
row = input { 6 }
other = input { 6 }
label = labels(5)
target = input { 6 }
logits = linear(row, 5)
local soft = softmax(linear(other, 5))
local weight = { 1, 2, 0.5, 1.5, 0.25 }
ce, ce_smooth        = cross_entropy(logits, label), cross_entropy(logits, label, { label_smoothing = 0.2 })
ce_weight, ce_both   = cross_entropy(logits, label, { weight = weight }),
    cross_entropy(logits, label, { label_smoothing = 0.1, weight = weight })
soft_ce, soft_smooth = cross_entropy(logits, soft), cross_entropy(logits, soft, { label_smoothing = 0.2 })
soft_weight, soft_both = cross_entropy(logits, soft, { weight = weight }),
    cross_entropy(logits, soft, { label_smoothing = 0.1, weight = weight })
bce, bce_hard        = binary_cross_entropy(row, sigmoid(other)), binary_cross_entropy(row, greater(target, 0))
mean_square, mean_abs = mse(row, other), l1(row, target)
huber_1, huber_small = huber(row, other), huber(row, other, { delta = 0.3 })
wrong = runner_up(logits, label)
margin = mean(max(0.3 + pick(logits, wrong) - pick(logits, label), constant(0)), 1, { keep = false })
minimize(ce + 0.9 * ce_smooth + 1.1 * ce_weight + 0.8 * ce_both + 1.2 * soft_ce + 0.7 * soft_smooth + 1.3 * soft_weight
         + 0.6 * soft_both
    + bce + bce_hard + mean_square + mean_abs + huber_1 + 2 * huber_small + margin)
