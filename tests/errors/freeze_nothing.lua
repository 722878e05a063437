image = input { 8, 8, 1 }
label = labels(10)
minimize(cross_entropy(linear(flatten(image), 10, { name = "head" }), label))
train { optimizer = sgd {}, freeze = { "head.*", "haed.*" } }
