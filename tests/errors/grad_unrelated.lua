image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
w = param { 3 }
g = grad(sum(logits), w)
