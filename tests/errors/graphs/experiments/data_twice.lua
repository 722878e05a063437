experiment { graph = "../net.lua", data = { "digits", "mnist", "digits" } }
