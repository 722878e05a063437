-- norms.lua   every normalisation with and without options, at rank 4, 3 and 2; dropout and drop_path, which are off
image = input { 4, 3, 6 }
row = input { 6 }
local total = 0
local function score(y) total = total + mean(y * y + y) return y end
local list = reshape(image, { 12, 6 })

batch       = score(batch_norm(image))
batch_slow  = score(batch_norm(image * 2, { momentum = 0.3, eps = 1e-2 }))
batch_row   = score(batch_norm(row))
batch_list  = score(batch_norm(list, { momentum = 0.01 }))
layer       = score(layer_norm(image))
layer_soft  = score(layer_norm(image, { eps = 0.1 }))
layer_row   = score(layer_norm(row))
layer_list  = score(layer_norm(list))
group       = score(group_norm(image, 3))
group_soft  = score(group_norm(image, 2, { eps = 0.1 }))
group_row   = score(group_norm(row, 2))
group_one   = score(group_norm(list, 1))
instance    = score(instance_norm(image))
instance_soft = score(instance_norm(list, { eps = 0.1 }))
batch_bare  = score(batch_norm(image * 3, { affine = false }))
layer_bare  = score(layer_norm(list, { affine = false }))
group_bare  = score(group_norm(image, 3, { affine = false }))
instance_bare = score(instance_norm(image, { affine = false, eps = 0.1 }))
response    = score(grn(image))
response_soft = score(grn(image, { eps = 0.1 }))
scaled      = score(layer_scale(image))
scaled_row  = score(layer_scale(row, { init = 0.5 }))
twice       = score(batch_norm(relu(batch)))
off         = score(drop_path(dropout(image, 0.5), 0.3))
minimize(total)
