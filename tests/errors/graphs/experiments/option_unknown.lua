experiment {
    graph = "../net.lua",
    set   = { widht = 8 },
}
