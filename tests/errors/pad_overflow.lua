-- padding that would wrap around
x = input{4, 4, 2}
y = pad(x, {h = {math.maxinteger, 1}})
