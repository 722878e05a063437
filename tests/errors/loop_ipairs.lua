-- every element is a call of the iterator
local t = {}
for i = 1, 1e5 do t[i] = 1 end
for j = 1, 70 do
    for i, v in ipairs(t) do end
end
x = input { 4 }
y = x * 2
