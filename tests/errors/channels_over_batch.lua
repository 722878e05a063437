image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
gram = matmul(logits, logits, { transpose_b = true })
y = layer_norm(gram)
