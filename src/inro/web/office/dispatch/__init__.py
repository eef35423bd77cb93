"""Pages of the dispatch desk: packing, the post's numbers, lists, the counter, what comes back."""
