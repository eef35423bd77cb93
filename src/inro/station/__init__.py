"""The card desk: subscriber keys, cards and PIN mailers."""
