experiment { graph = "../net.lua", match = { parameter = "width" } }
