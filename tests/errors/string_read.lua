local s = string.rep("9", 1000000)
for i = 1, 5000000 do local n = tonumber(s) end
