"""Japanese characters, names, addresses, numbers and eras."""
