-- a number becomes text anew, though the text is there already
local a = 1.2345678912345e300
for i = 1, 5000000 do local c = a .. a end
x = input { 4 }
y = x * 2
