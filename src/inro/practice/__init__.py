"""What the terms and the law say: pure Python, the standard library only, no clock, no input or output."""
