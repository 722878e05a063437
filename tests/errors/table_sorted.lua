local t = {}
for i = 1, 300000 do t[i] = i * 7919 % 1000003 end
for i = 1, 1000 do table.sort(t) end
