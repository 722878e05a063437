x = input { 4 }
__metadata__ = relu(x)
