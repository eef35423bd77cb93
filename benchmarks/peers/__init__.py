"""Programs that play the peers, each in a process and, where it needs one, an environment of its own."""
