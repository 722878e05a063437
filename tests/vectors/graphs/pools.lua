-- pools.lua   max_pool and avg_pool with every option; the image has ties
image = input { 8, 7, 3 }
local total = 0
local function score(y) total = total + mean(y * y + y) return y end

max_plain   = score(max_pool(image, 2))
max_overlap = score(max_pool(image, 3, { stride = 2, padding = 1 }))
max_every   = score(max_pool(image, { 2, 3 }, { stride = 1 }))
max_apart   = score(max_pool(image, 2, { stride = 3 }))
max_uneven  = score(max_pool(image, { 3, 2 }, { stride = { 2, 1 }, padding = { 1, 0 } }))
max_ceil    = score(max_pool(image, 3, { ceil = true }))
max_all     = score(max_pool(image, 3, { stride = 2, padding = 1, ceil = true }))
max_global  = score(max_pool(image, { 8, 7 }))
avg_plain   = score(avg_pool(image, 2))
avg_overlap = score(avg_pool(image, 3, { stride = 2, padding = 1 }))
avg_every   = score(avg_pool(image, { 2, 3 }, { stride = 1 }))
avg_apart   = score(avg_pool(image, 2, { stride = 3 }))
avg_uneven  = score(avg_pool(image, { 3, 2 }, { stride = { 2, 1 }, padding = { 1, 0 } }))
avg_ceil    = score(avg_pool(image, 3, { ceil = true }))
avg_all     = score(avg_pool(image, 3, { stride = 2, padding = 1, ceil = true }))
-- a window that starts past the image
avg_dropped = score(avg_pool(image, 2, { stride = 3, padding = 1, ceil = true }))
avg_inside  = score(avg_pool(image, 3, { stride = 2, padding = 1, count_include_pad = false }))
avg_inside_all = score(avg_pool(image, { 4, 3 }, { stride = { 3, 2 }, padding = { 2, 1 }, ceil = true,
                                                   count_include_pad = false }))
avg_global  = score(global_avg_pool(image))
minimize(total)
