"""What `make bench` runs: journeys on the real stack, told as ratios measured in one run."""
