"""Public and read-only: lists and CA certificates over HTTP."""
