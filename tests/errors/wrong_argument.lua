local n = math.floor("a")
