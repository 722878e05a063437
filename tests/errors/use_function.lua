local layers = use "parts/layers.lua"
local function head(x)
    return layers.wide(x)
end
image = input { 4 }
logits = head(image)
