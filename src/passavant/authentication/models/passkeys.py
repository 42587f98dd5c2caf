"""Passkeys: the public halves. The table alone opens nothing."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from passavant.accounts.models import Account
from passavant.authentication.rules.passkeys import CREDENTIAL_BYTES, NAME_LENGTH, Creation, bare

CREDENTIAL_TEXT = -(-CREDENTIAL_BYTES * 4 // 3)  # characters, without padding


class PasskeyQuerySet(models.QuerySet["Passkey"]):
    def of(self, account: Account) -> Self:
        """The keys of this person, the oldest first."""
        return self.filter(account=account).order_by("created_at", "pk")

    def named(self, credential: bytes) -> "Passkey | None":
        """The key of that name, with its account. One query."""
        found = self.select_related("account").filter(credential_id=websafe_encode(credential))
        return next(iter(found), None)  # unique: nothing to order

    def advance(self, key: "Passkey", said: AuthenticatorData, now: datetime) -> bool:
        """Note that the key has just answered; False when its count went back, or stood still: somebody has a copy.

        Keys that never count say 0. Of several requests with one answer, one is told True (but for such keys, whose
        challenge alone serves once).
        """
        former = self.filter(sign_count=0) if said.counter == 0 else self.filter(sign_count__lt=said.counter)
        noted = {"sign_count": said.counter, "last_used_at": now, "synced": said.is_backed_up()}
        return former.filter(pk=key.pk).update(**noted) == 1


class Passkey(models.Model):
    """One key of a person, on a device or travelling between theirs."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names it to its owner")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_comment="personal: whose key this is"
    )
    credential_id = models.CharField(
        max_length=CREDENTIAL_TEXT, unique=True, db_comment="personal: its authenticator's name for it, in base64url"
    )
    public_key = models.BinaryField(db_comment="personal: verifies its answers (COSE)")
    sign_count = models.PositiveBigIntegerField(db_comment="plain: of its last answer; 0 when it does not count")
    aaguid = models.UUIDField(db_comment="personal: model of the authenticator; zero when it does not say")
    name = models.CharField(max_length=NAME_LENGTH, db_comment="personal: how its owner calls it")
    synced = models.BooleanField(db_comment="personal: whether a copy was kept elsewhere at its last answer")
    user_verified = models.BooleanField(db_comment="plain: whether its person was verified when it was added")
    created_at = models.DateTimeField(default=timezone.now, db_comment="personal: when it was added")
    last_used_at = models.DateTimeField(null=True, db_comment="personal: last sign-in with it")

    objects = PasskeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"passkey {self.id}"

    @classmethod
    def made(cls, account: Account, creation: Creation, name: str) -> Self:
        """The row of a key that was just made, not saved yet."""
        key, said = creation.key, creation.authenticator
        return cls(
            account=account,
            credential_id=websafe_encode(key.credential_id),
            public_key=cbor.encode(bare(key.public_key)),
            sign_count=said.counter,
            aaguid=UUID(bytes=bytes(key.aaguid)),
            name=name,
            synced=said.is_backed_up(),
            user_verified=said.is_user_verified(),
        )

    @property
    def credential(self) -> AttestedCredentialData:
        """As the library that verifies knows it."""
        key: Any = cbor.decode(bytes(self.public_key))
        name = websafe_decode(self.credential_id)
        return AttestedCredentialData.create(self.aaguid.bytes, name, CoseKey.parse(key))
