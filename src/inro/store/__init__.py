"""Tables, constraints, migrations, reads and the audit log: one Django application without rules."""
