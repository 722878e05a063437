error("the width is odd")
