image = input { 4 }
y = custom { forward = function(x) return use "parts/layers.lua" and relu(x) end,
             backward = function(d, x) return d end } (image)
