image = input { 28, 28, 1 }
small = input { 14, 14, 1 }
minimize(mean(mask(image)) + mean(mask(small)))
train { optimizer = adamw {} }
