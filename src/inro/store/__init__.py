"""The record: tables and constraints, frozen reads, the audit log (39.4, 40(4)). No rules."""
