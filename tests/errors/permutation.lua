image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
y = permute(image, { 1, 1, 2, 3 })
