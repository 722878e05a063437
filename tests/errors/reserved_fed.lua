x = input { 4 }
y = x * param({ 4 }, { name = "sample" })
