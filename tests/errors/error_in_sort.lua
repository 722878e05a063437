local t = { 1, "a", 3 }
table.sort(t)
