image = input { 8, 8, 2 }
label = labels(4)
features = relu(conv2d(image, 5))
logits = linear(global_avg_pool(features), 4)
y = grad_cam(cross_entropy(logits, label), features)
