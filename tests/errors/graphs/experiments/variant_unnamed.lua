experiment { graph = "../net.lua", variants = { { skip = true } } }
