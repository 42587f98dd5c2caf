"""Room ②: sign-in, its levels and steps, and the sessions it opens."""
