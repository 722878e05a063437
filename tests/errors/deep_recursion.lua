image = input { 28, 28, 1 }
label = labels(10)
local function f(n) return 1 + f(n + 1) end
f(1)
