-- a global is a call too
for i = 1, 10000000 do local a = option end
x = input { 4 }
y = x * 2
