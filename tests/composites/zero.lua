-- zero.lua   a gradient that is 0 and is computed as a sum that is not: rounding is all there is of it,
-- with every pass another
image = input { 6, 6, 4 }
label = labels(3)
x = batch_norm(conv2d(image, 6))       -- the norm takes the bias away
logits = linear(global_avg_pool(relu(linear(x * param({ 6 }, { init = "kaiming_normal", name = "gain" }), 8))), 3)
minimize(100000 * cross_entropy(logits, label))          -- large beside what is 0
