experiment { graph = "../net.lua", match = { parameters = "witdh" } }
