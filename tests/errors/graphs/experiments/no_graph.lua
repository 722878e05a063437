experiment { data = "digits" }
