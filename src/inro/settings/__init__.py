"""Django settings, one module per process; reached by name, imported by nothing."""
