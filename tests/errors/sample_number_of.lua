image = input { 28, 28, 1 }
label = labels(10)
minimize(cross_entropy(linear(flatten(image), 10), label) + sample_number(image))
train { optimizer = adamw {} }
