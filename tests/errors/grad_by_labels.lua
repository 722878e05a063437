image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
score = pick(logits, label)
g = grad(score, { logits, label })
