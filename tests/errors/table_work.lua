-- work that C does counts too
local t = {}
for i = 1, 20000 do t[i] = i end
for i = 1, 1000000 do table.insert(t, 1, i) table.remove(t, 1) end
