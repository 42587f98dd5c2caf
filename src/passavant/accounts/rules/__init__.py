"""What an account may be made of: plain policy, no database, no request."""
