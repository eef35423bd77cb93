"""X.509 as values and bytes: profiles, drafts, lints, assembly, lists, approvals."""
