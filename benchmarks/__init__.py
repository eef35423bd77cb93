"""How fast the house is, each figure against a peer or limit measured in the same run."""
