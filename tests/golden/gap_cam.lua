-- gap_cam.lua   Grad-CAM of a network with a linear head on the mean of its features.  There the weights of the CAM are the head's row of the
-- label, divided by h w: a loss on the map needs neither a backward pass nor gradients of second order, and simplify sees that by itself.
image = input { 14, 14, 1 }
label = labels(10)

features = relu(conv2d(image, 8, { name = "conv" }))
logits   = linear(global_avg_pool(features), 10, { name = "head" })

score   = pick(logits, label)
weights = mean(grad(score, features), { "h", "w" })
map     = normalize(relu(sum(weights * features, "c")), "l2")

minimize(cross_entropy(logits, label) + 0.1 * mean(sum(map, { "h", "w" })))
