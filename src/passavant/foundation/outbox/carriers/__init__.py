"""The ways out, one module each; `lines.py` says which address calls which."""
