image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
other = labels(20)
minimize(cross_entropy(logits, other))
