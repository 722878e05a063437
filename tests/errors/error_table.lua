local function f() error { code = 1 } end
f()
