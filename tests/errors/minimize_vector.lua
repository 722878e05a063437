image = input { 28, 28, 1 }
label = labels(10)
minimize(linear(flatten(image), 10))
