"""What everybody may read: home, duties, faults; and what operation asks."""
