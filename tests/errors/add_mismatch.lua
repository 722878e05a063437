image = input { 28, 28, 1 }
label = labels(10)
h1 = linear(flatten(image), 128)
h2 = linear(flatten(image), 64)
y  = h1 + h2
