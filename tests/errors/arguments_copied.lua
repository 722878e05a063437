local t = {}
for i = 1, 200000 do t[i] = i end
local function f(...) for i = 1, 50000000 do local a = select(2, ...) end end
f(table.unpack(t))
