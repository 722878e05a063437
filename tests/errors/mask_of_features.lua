image = input { 28, 28, 1 }
label = labels(10)
features = conv2d(image, 8)
minimize(cross_entropy(linear(flatten(features), 10), label) + mean(mask(features)))
train { optimizer = adamw {} }
