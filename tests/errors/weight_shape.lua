image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
w = param { 10, 3 }
y = linear(flatten(image), 10, { weight = w })
