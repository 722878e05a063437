local t = {1}
table.move(t, "1", "1e15", "2")
