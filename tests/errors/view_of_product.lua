image = input { 28, 28, 1 }
label = labels(10)
minimize(cross_entropy(linear(flatten(view(2 * image, 2)), 10), label))
train { optimizer = adamw {}, views = 2 }
