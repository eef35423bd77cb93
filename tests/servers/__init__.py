"""Real servers on this machine, each started for a test in a folder of its own and ended by its own pid."""
