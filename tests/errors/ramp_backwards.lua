x = input { 4 }
minimize(mean(linear(x, 2)) * ramp(0, 1, { start = 0.5, stop = 0.25 }))
