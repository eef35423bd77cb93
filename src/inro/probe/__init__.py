"""The prober: asks from outside for everything that certificates send their readers to."""
