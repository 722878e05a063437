image = input { 8, 8, 1 }
local net = shared("net", function (x)
    local h = conv2d(x, 4)
    return h + nil
end)
y = net(image)
