image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
turned = permute(image, { 2, 1, 3, 4 })
y = max_pool(turned, 2)
