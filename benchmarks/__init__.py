"""How fast the house is, each figure against a peer or a limit measured in the same run (docs/benchmarks.md)."""
