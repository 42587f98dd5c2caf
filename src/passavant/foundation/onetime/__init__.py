"""One-time links and codes: only digests are stored, reading spends nothing, spending is one guarded UPDATE."""
