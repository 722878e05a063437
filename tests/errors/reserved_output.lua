x = input { 4 }
output("__metadata__", relu(x))
