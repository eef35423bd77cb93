"""Numbers of all cases together: drawn, as tables and as files, with no case and no name in them."""
