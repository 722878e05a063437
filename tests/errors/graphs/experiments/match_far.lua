experiment { graph = "../net.lua", factors = { skip = { false, true } }, match = { parameters = "width", within = 1e-4 } }
