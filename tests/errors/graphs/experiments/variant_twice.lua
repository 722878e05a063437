experiment { graph = "../net.lua", variants = { { "a" }, { "b", skip = true }, { "a", width = 8 } } }
