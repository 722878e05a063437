-- a remainder is made bit by bit
local a, b = 1e308, 1.5e-323
for i = 1, 10000000 do local c = a % b end
x = input { 4 }
y = x * 2
