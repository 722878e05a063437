image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
y = conv_transpose2d(image, 8, { stride = 10000 })
