"""Background work: effects after commit, timers, publication."""
