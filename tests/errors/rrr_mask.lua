image = input { 8, 8, 2 }
label = labels(4)
features = relu(conv2d(image, 5))
logits = linear(global_avg_pool(features), 4)
area = input { 7, 8, 1 }
y = rrr(logits, image, area)
