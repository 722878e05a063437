-- a number that is none
x = input{3}
w = param({3}, {init = 0/0})
