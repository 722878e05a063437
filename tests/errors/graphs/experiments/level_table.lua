experiment { graph = "../net.lua", factors = { width = { 8, {} } } }
