experiment { graph = "../net.lua", factors = { heed = { "gap", "flatten" } } }
