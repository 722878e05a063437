experiment { graph = "../net.lua", variants = { { "a" }, { "b", skip = 1 } } }
