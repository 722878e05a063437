option { width = 3 }
use "parts/no_option.lua"
