experiment { graph = "../net.lua", factors = { skip = { false, true } }, variants = { { "a" } } }
