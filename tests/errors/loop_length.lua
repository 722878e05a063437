-- the length of a table of gaps is searched for
local t = {}
for k = 61, 0, -1 do t[1 << k] = 1 end
for i = 1, 10000000 do local n = #t end
x = input { 4 }
y = x * 2
