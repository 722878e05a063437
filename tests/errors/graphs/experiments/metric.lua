experiment { graph = "../net.lua", compare = { "test_accuracy", "test_acuracy" } }
