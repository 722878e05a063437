image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
turned = permute(image, { 2, 3, 1, 4 })
y = resize(turned, 4, 4, "bilinear")
