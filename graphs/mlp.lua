-- graphs/mlp.lua   the smallest experiment: two linear layers on MNIST
option { width = 128 }                        -- units of the hidden layer: --set width=256

image = input { 28, 28, 1 }                   -- the batch axis is implied, always first
label = labels(10)

h1     = relu(linear(flatten(image), option.width, { name = "fc1" }))
logits = linear(h1, 10, { name = "fc2" })

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 128, epochs = 5, seed = 1,
        optimizer = adamw { lr = 3e-3, weight_decay = 0.01 },
        schedule  = one_cycle { peak = 3e-3 } }
