x = input { 4 }
minimize(mean(linear(x, 1)))
metric("__metadata__", mean(x))
