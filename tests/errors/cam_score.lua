image = input { 6, 6, 2 }
features = conv2d(image, 4)
logits = linear(global_avg_pool(features), 3)
map = grad_cam(logits, features)
