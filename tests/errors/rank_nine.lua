-- nine axes
label = labels(3)
y = one_hot(reshape(label, {1, 1, 1, 1, 1, 1, 1}), 3)
