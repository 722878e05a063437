x = input { 9 }
label = labels(4)
features = conv2d(reshape(x, { 3, 3, 1 }), 4)
logits = linear(flatten(features), 4)
y = batch_cam(grad_cam(pick(logits, label), features), label, { target = "batch_mean" })
