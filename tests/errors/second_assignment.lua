image = input { 28, 28, 1 }
label = labels(10)
h = flatten(image)
h = linear(h, 10)
