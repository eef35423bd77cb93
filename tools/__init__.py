"""What keeps the house as it is: checks that `make check` runs, each with a test that breaks its rule."""
