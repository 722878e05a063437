image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
x = input { 3, channels = 2 }
