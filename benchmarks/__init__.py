"""The same work, side by side with the peers, as ratios. `python -m benchmarks` runs it; see `__main__`."""
