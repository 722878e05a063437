use(string.rep("a/", 600) .. "b.lua")
