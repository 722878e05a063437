image = input { 28, 28, 1 }
label = labels(10)
local s = ("x"):rep(10)
