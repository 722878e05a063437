-- convolutions.lua   conv2d with every option, alone and together
image = input { 9, 7, 4 }
tied = param { 3, 4, 2, 3 }
local total = 0
local function score(y) total = total + mean(y * y + y) return y end

plain      = score(conv2d(image, 3))
wide       = score(conv2d(image, 20))
unbiased   = score(conv2d(image, 3, { bias = false }))
even       = score(conv2d(image, 3, { kernel = { 4, 2 } }))            -- the smaller half of the padding comes first
pointwise  = score(conv2d(image, 5, { kernel = 1 }))
valid      = score(conv2d(image, 3, { kernel = { 2, 3 }, padding = "valid" }))
whole      = score(conv2d(image, 2, { kernel = { 9, 7 }, padding = "valid" }))
padded     = score(conv2d(image, 3, { padding = 2 }))
uneven     = score(conv2d(image, 3, { kernel = { 5, 1 }, padding = { 2, 1 } }))
strided    = score(conv2d(image, 3, { stride = 2 }))
rectangle  = score(conv2d(image, 3, { kernel = { 3, 2 }, stride = { 2, 3 }, padding = "valid" }))
even_step  = score(conv2d(image, 3, { kernel = 4, stride = 2 }))
patches    = score(conv2d(image, 5, { kernel = 2, stride = 2, padding = "valid" }))
skipping   = score(conv2d(image, 5, { kernel = 1, stride = 2, bias = false }))
dilated    = score(conv2d(image, 3, { dilation = 2 }))
dilated_2  = score(conv2d(image, 3, { kernel = { 2, 3 }, dilation = { 3, 1 }, padding = { 1, 2 } }))
grouped    = score(conv2d(image, 6, { groups = 2 }))
depthwise  = score(conv2d(image, 4, { groups = 4 }))
depthwise7 = score(conv2d(image, 4, { kernel = 7, groups = 4, bias = false }))
multiplied = score(conv2d(image, 8, { kernel = { 3, 5 }, groups = 4, stride = { 1, 2 } }))
all_at_once = score(conv2d(image, 6, { kernel = { 3, 2 }, stride = { 2, 1 }, padding = { 1, 2 }, dilation = { 2, 3 },
                                       groups = 2, bias = false,
                                       init = "kaiming_normal" }))
given      = score(conv2d(image, 3, { kernel = { 2, 3 }, weight = tied, padding = "valid", bias = false }))
again      = score(conv2d(plain * image.width, 4, { kernel = 3, stride = 3, name = "again" }))
minimize(total)
