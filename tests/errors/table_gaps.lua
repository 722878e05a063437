-- a table of gaps: nothing in it, and long to go through
x = input { 2 }
local t = {}
for i = 1, 300000 do t[-i] = 1 end
for i = 1, 300000 do t[-i] = nil end
for i = 1, 1000000 do local y = layer_norm(x, t) end
