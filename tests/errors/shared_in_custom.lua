image = input { 8, 8, 4 }
label = labels(10)
logits = linear(flatten(image), 10)
local net = shared("net", function(x) return linear(x, 10) end)
local f = custom { forward = function(x) return net(x) end, backward = function(d, x) return d end }
y = f(logits)
z = linear(logits, "three")
