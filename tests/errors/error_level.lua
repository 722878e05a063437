local function check(n)
    if n > 2 then error("n is too large", 2) end
end
check(1)
check(3)
