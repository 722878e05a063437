image = input { 8, 8, 2 }
label = labels(4)
features = relu(conv2d(image, 5))
logits = linear(global_avg_pool(features), 4)
y = cam(features, param({ 4, 5 }, { name = "rows" }), 3)
