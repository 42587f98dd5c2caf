"""Passavant: one personal account, a chosen security level, the online services one is entitled to."""
