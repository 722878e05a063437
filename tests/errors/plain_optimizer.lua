-- a record is made by its constructor
image = input{4}
y = linear(image, 3)
minimize(mean(y))
train { optimizer = {kind = "sgd"}, epochs = 1 }
