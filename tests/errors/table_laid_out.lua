local t = {}
for i = 1, 1000000 do t[i] = i end
for i = 1, 50000000 do t.a = 1 t.a = nil t.b = 1 t.b = nil end
