experiment { graph = "../net.lua", match = { parameters = "scale" } }
