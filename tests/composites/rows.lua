-- rows that are a multiple of 16 long: sums over them run in lanes, alone, beside other sums, and in images
x = input { 4, 5, 32 }
y = input { 48 }
label = labels(3)
a = layer_norm(conv2d(x, 16, { kernel = 1 }))
b = softmax(a * 3)
c = sum(a * b, "c", { keep = true }) * a
d = normalize(global_avg_pool(c), "l2")
e = layer_norm(linear(y, 64))
f = linear(e * max(e, 2, { keep = true }) + sum(e * e) / 64, 3)
g = logsumexp(c, 4)
minimize(cross_entropy(f, label) + mean(d * d * d) + mean(g * g))
