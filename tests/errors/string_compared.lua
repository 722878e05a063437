local s, t = string.rep("x", 1000000) .. "a", string.rep("x", 1000000) .. "b"
for i = 1, 50000000 do local n = s < t end
