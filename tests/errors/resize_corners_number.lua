image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
y = resize(image, 4, 4, "bilinear", { align_corners = 1 })
