label = labels(10)
minimize(mean(mask(label)))
train { optimizer = adamw {} }
