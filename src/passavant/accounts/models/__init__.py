from passavant.accounts.models.accounts import Account, State

__all__ = ["Account", "State"]
