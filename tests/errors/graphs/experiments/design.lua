experiment { graph = "../net.lua", factors = { skip = { false, true } }, design = "gird" }
