image = input { 28, 28, 1 }
label = labels(10)
logits = linear(flatten(image), 10)
minimize(cross_entropy(logits, label))
minimize(cross_entropy(logits, label))
