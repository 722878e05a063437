image = input { 28, 28, 1 }
label = labels(10)
x = load("return 1")
