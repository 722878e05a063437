image = input { 28, 28, 1 }
label = labels(10)
error("this graph needs width of 16 or more")
