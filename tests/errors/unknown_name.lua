image = input { 28, 28, 1 }
label = labels(10)
logits = liner(flatten(image), 10)
