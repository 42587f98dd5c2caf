"""The one-time link of this room: « ce n’était pas moi », in the notice of an identity added."""

NOT_ME = "federation.not_me"  # subject: the identity; outlives other changes of the account


def note_of(account: str, identity: str) -> dict[str, str]:
    return {"account": account, "identity": identity}
