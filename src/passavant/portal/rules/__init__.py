"""What the duty pages state, as tables that tests compare with the code."""
