image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
minimize(mse(pick(logits, label), label))
