local layers = use "parts/layers.lua"
image = input { 4 }
first = layers.named(image)
second = layers.named(image)
