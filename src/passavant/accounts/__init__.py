"""Accounts: sign-up, activation, changes, closing."""
