-- grad would write one of the two
x = input { 4 }
h = relu(x)
minimize(mean(linear(x, 1)))
metric("h", mean(x))
