"""The applicant's wizard: from the kind of application to the printed form (8, 12, 40(5), 40(6), 42)."""
