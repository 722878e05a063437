for i = 1, 5000000 do local s = string.rep("x", 1000000) end
