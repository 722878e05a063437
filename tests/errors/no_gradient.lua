image = input { 28, 28, 1 }
label = labels(10)
logits = linear(flatten(image), 10)
c = argmax(logits)
g = grad(c * 1, logits)
