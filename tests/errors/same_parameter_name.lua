image = input { 28, 28, 1 }
label = labels(10)
a = linear(flatten(image), 10, { name = "head" })
b = linear(flatten(image), 10, { name = "head" })
