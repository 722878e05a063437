x = input { 4 }
