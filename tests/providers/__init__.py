"""OpenID providers that the tests sign in at: one of other hands, honest; one of ours, hostile. See running.py."""
