experiment { name = "inside" }
