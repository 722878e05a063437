image = input { 28, 28, 1 }
label = labels(10)
h = linear(flatten(image), 16777216)
