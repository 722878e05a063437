image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
local f = custom { forward = function(x) return 2 * x end, backward = function(d, x) arrived = d * 2 return arrived end }
minimize(mean(f(logits)))
