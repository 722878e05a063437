image = input { 28, 28, 1 }
label = labels(10)
minimize(cross_entropy(linear(flatten(image), 10), label))
train { not_finite = "ignore", optimizer = adamw {} }
