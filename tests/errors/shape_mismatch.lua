image = input { 28, 28, 1 }
label = labels(10)
h1 = linear(flatten(image), 128)
w2 = param { 10, 127 }
logits = matmul(h1, w2, { transpose_b = true })
