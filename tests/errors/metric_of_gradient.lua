x = input { 4 }
w = param({ 4 })
minimize(mean(x * w))
metric("d_w", mean(x))
