image = input { 28, 28, 1 }
label = labels(10)
mask = 1 - mask(image)
minimize(cross_entropy(linear(flatten(image * mask), 10), label))
train { optimizer = adamw {} }
