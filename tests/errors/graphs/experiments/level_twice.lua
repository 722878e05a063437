experiment { graph = "../net.lua", factors = { width = { 8, 16, 8.0 } } }
