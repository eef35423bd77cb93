"""One keyword-only function per act of a person or a job; each owns its transaction and audit row."""
