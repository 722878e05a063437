-- sums of many terms: each combination of axes, lengths around where they are cut, in one kernel and apart
image = input { 36, 5, 16 }
wide  = input { 34, 3, 528 }
long  = input { 1000 }
map   = input { 36, 35, 1 }
label = labels(4)
wt    = param({ 1000 }, { init = 0.5 })
wm    = param({ 40, 36, 3 }, { init = 0.5 })

all        = sum(image, { "h", "w", "c" })
channels   = mean(image, { "h", "w" })
rows       = sum(image * image, "w")
columns    = sum(image, "h")
across     = sum(image, { "h", "c" })
lanes      = sum(image, { "w", "c" })
cube       = norm(wide, { "h", "w", "c" })
wide_h     = sum(wide, "h")
wide_hw    = sum(wide, { "h", "w" })
soft       = softmax(long)
lsoft      = log_softmax(long * 3)
flat       = sum(long)
every      = sum(map)
batches    = mean(image, { 1, 2, 3 })
weights    = sum(wt * wt)
weights_m  = sum(exp(wm), { 1, 3 })
weights_n  = sum(exp(wm) * exp(wm), { 1, 2 })
shifted    = image - mean(image, { "h", "w" })
variance   = mean(shifted * shifted, { "h", "w" })
grouped    = group_norm(image, 4)
per_image  = instance_norm(wide)
standard   = batch_norm(image)
pooled     = avg_pool(map, 33)
pooled_odd = avg_pool(map, { 34, 7 }, { stride = { 5, 7 }, padding = 3 })
smooth     = avg_pool(map, 9, { stride = 1 })
filtered   = conv2d(image, 5, { kernel = 5, stride = 2 })
deep       = conv2d(map, 2, { kernel = 21, bias = false })
dense      = linear(long, 7)
product    = matmul(flatten(map), flatten(map), { transpose_b = true })

-- every term is about 1, so that differences find the gradient of each
local function squared(x, size) return mean(x * x) / (size * size) end
minimize(mean(all) / 1440 + squared(channels, 1) + squared(rows, 2) + squared(columns, 18) + squared(across, 288)
         + squared(lanes, 40) + mean(cube) / 134 + squared(wide_h, 17)
         + mean(wide_hw) / 51 + squared(soft, 1) + mean(lsoft * soft) + flat / 1000 + squared(every, 630)
         + squared(batches, 1) + weights / 250 + squared(weights_m, 198) + squared(weights_n, 3914)
         + mean(variance) + mean(grouped * grouped * grouped) + mean(per_image * per_image * per_image)
         + mean(standard * standard * standard) + squared(pooled, 1) + squared(pooled_odd, 1)
         + squared(smooth, 1) + squared(filtered, 1) + squared(deep, 1) + squared(dense, 1) + mean(product) / 420)
