experiment { name = "a/b", graph = "../net.lua" }
