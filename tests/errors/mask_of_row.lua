image = input { 784 }
label = labels(10)
minimize(cross_entropy(linear(image, 10), label) + mean(mask(image)))
train { optimizer = adamw {} }
