-- shared.lua   one net on three inputs; the gradient of a bias before batch_norm is 0 but for rounding,
-- and is a sum of sums
image = input{6,6,2}
label = labels(3)
net = shared("net", function(x) return linear(global_avg_pool(relu(batch_norm(conv2d(x,4)))),3) end)
minimize(cross_entropy(net(image),label) + cross_entropy(net(image*image),label) + mean(net(image+1)^2))
