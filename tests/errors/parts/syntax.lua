local function block(x)
    return x +
end
