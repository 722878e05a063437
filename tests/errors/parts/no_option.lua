return option.widht
