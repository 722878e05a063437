image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
y = max_pool(image, 2, { padding = 2 })
