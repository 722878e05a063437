sample = input { 4 }
y = linear(sample, 2)
