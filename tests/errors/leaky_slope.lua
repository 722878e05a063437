x = input { 5 }
label = labels(3)
y = leaky_relu(x, "steep")
minimize(mean(y))
