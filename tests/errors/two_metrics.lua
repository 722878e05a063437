image = input { 28, 28, 1 }
label = labels(10)
logits = linear(flatten(image), 10)
metric("accuracy", equal(argmax(logits), label))
metric("accuracy", equal(argmax(logits), label))
