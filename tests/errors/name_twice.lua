-- one name, two things
image = input{4}
y = linear(image, 3, {name = "h"})
z = param({3}, {name = "image"}) + y
