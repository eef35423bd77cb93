"""The staff's pages, opened by passkey; in a demonstration the visitor chooses who they are."""
