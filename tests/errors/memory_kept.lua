local keep = {}
for i = 1, 240 do keep[i] = string.rep("x", 1000000) .. i end
for i = 1, 50000000 do local t = string.rep("y", 1000000) .. i end
