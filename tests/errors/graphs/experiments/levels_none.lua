experiment { graph = "../net.lua", factors = { width = {} } }
