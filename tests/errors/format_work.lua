for i = 1, 50000000 do local n = string.format("%99.99f%99.99f%99.99f", 1e308, 1e308, 1e308) end
