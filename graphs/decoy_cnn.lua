-- graphs/decoy_cnn.lua   the network of the Decoy-MNIST benchmark (Ross et al. 2017): two valid 5x5 convolutions, two linear layers
option { first = 20, second = 50, hidden = 256 }

image = input { 28, 28, 1 }
label = labels(10)

local x  = max_pool(relu(conv2d(image, option.first, { kernel = 5, padding = "valid", name = "conv1" })), 2)
features = relu(conv2d(x, option.second, { kernel = 5, padding = "valid", name = "conv2" }))        -- 8 x 8
hidden   = relu(linear(flatten(max_pool(features, 2)), option.hidden, { name = "fc1" }))
logits   = linear(hidden, 10, { name = "fc2" })

minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 256, epochs = 10, seed = 1,
        optimizer = adamw { lr = 1e-3, weight_decay = 1e-4 },
        schedule  = cosine { } }
