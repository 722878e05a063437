-- matmul.lua   products of stacks, transposed and with broadcast leading axes; linear at every rank; shared layers
x = input { 5, 4 }
y = input { 4, 3 }
z = input { 2, 5, 4 }
image = input { 3, 2, 4 }
row = input { 4 }
m = param { 4, 3 }
stack = param { 2, 4, 3 }
loose = param { 1, 5, 4 }
local total = 0
local function score(v) total = total + mean(v * v + v) return v end

both       = score(matmul(x, y))
left       = score(matmul(x, x, { transpose_a = true }))
right      = score(matmul(x, x, { transpose_b = true }))
turned     = score(matmul(y, x, { transpose_a = true, transpose_b = true }))
one        = score(matmul(x, m))
one_right  = score(matmul(x, permute(m, { 2, 1 }), { transpose_b = true }))
one_left   = score(matmul(x, loose, { transpose_a = true }))
stacked    = score(matmul(z, stack))
broadcast  = score(matmul(z, reshape(y, { 1, 4, 3 })))
front      = score(matmul(loose, y))
rows       = score(matmul(row, m))
of_batch   = score(matmul(row, row, { transpose_a = true }))
against    = score(matmul(row, row, { transpose_b = true }))
linear_2   = score(linear(row, 3))
linear_3   = score(linear(x, 3, { bias = false }))
linear_4   = score(linear(image, 7))
tied       = score(linear(linear_2, 4, { weight = m, name = "tied" }))
local net = shared("net", function(v) return linear(relu(linear(v, 5)), 2) end)
first      = score(net(row))
second     = score(net(row * row))
minimize(total)
