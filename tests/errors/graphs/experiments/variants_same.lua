experiment { graph = "../net.lua", variants = { { "a" }, { "b", unused = 2 } } }
