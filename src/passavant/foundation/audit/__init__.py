"""What happened, written once in the act's own transaction, chained afterwards, never changed."""
