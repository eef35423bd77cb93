"""One function per act of a person or a job; each owns its transaction, audit rows and tasks."""
