"""How often something may be done: counters shared by all processes, each charge one atomic statement."""
