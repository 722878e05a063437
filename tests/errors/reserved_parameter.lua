x = input { 4 }
y = linear(x, 2)
local w = param({ 2 }, { name = "__metadata__" })
minimize(mean(y * w))
