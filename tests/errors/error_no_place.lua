error("without a place\27[2J", 0)
