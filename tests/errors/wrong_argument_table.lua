local t = { 1, 2 }
table.insert(t, 9, 1)
