-- transposed.lua   conv_transpose2d with every option
image = input { 4, 5, 4 }
tied = param { 4, 3, 2, 2 }
local total = 0
local function score(y) total = total + mean(y * y + y) return y end

plain     = score(conv_transpose2d(image, 3))
doubled   = score(conv_transpose2d(image, 3, { stride = 2 }))
padded    = score(conv_transpose2d(image, 3, { kernel = 4, stride = 2, padding = 1 }))
rectangle = score(conv_transpose2d(image, 3, { kernel = { 3, 2 }, stride = { 1, 2 }, padding = { 1, 0 } }))
apart     = score(conv_transpose2d(image, 3, { kernel = 2, stride = 3 }))
grouped   = score(conv_transpose2d(image, 6, { kernel = 3, stride = 2, groups = 2 }))
depthwise = score(conv_transpose2d(image, 4, { kernel = 3, groups = 4, bias = false, init = "xavier_normal" }))
given     = score(conv_transpose2d(image, 3, { weight = tied, bias = false, name = "given" }))
beyond    = score(conv_transpose2d(image, 3, { kernel = 3, stride = 2, padding = 1, output_padding = 1 }))
dilated   = score(conv_transpose2d(image, 3, { kernel = { 3, 2 }, dilation = { 2, 3 }, padding = { 1, 0 } }))
both      = score(conv_transpose2d(image, 6, { kernel = { 2, 3 }, stride = { 3, 2 }, dilation = { 2, 1 },
                                               padding = { 0, 1 }, output_padding = { 2, 1 }, groups = 2 }))
far       = score(conv_transpose2d(image, 4, { kernel = 3, stride = { 1, 2 }, dilation = { 3, 4 },
                                               output_padding = { 2, 3 }, groups = 4, bias = false }))
back      = score(conv2d(doubled, 2, { stride = 2 }))
minimize(total)
