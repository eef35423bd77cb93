"""The story: drives every part on a simulated calendar, with throwaway tokens only."""
