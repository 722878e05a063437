experiment { graph = "../net" }
