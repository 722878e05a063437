x = input { 28, 28, 1 }
