use "/etc/hostname.lua"
