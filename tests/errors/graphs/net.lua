-- a graph whose options have every type, for the experiment files that are refused
option { width = 16, scale = 0.5, head = "gap", skip = false, unused = 1, held = 0.1 }
image = input { 28, 28, 1 }
label = labels(10)
assert(option.width % 2 == 0, "width is odd")
h      = relu(linear(flatten(image), option.width, { name = "fc1" }))
h2     = linear(h, option.width // 2, { name = "fc2" })
logits = linear(option.skip and h or h2, 10, { name = "fc3" }) * option.scale
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 100, epochs = 1, validation = option.held, optimizer = sgd { lr = 0.1 } }
