experiment { graph = "../net.lua", split = "validation", compare = "test_accuracy" }
