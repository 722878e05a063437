image = input { 28, 28, 1 }
label = labels(10)
local function block(x, channels)
    local y = relu(conv2d(x, channels))
    return max_pool(y, { 50, 50 })
end
features = block(image, 8)
