from django.db import models


class Window(models.Model):
    """The current window of one limit for one key. Moments and lengths are milliseconds, since 1970 for moments."""

    key = models.CharField(
        max_length=64, primary_key=True, db_comment="plain: keyed digest of the limit and of what is counted"
    )
    name = models.CharField(max_length=64, db_comment="plain: the limit")
    remaining = models.IntegerField(db_comment="plain: hits left; below zero once one was refused")
    span = models.BigIntegerField(db_comment="plain: length of this window")
    growth = models.FloatField(db_comment="plain: how many times longer the next window lasts, if this one is used up")
    longest = models.BigIntegerField(db_comment="plain: length of the longest window")
    hit_at = models.BigIntegerField(db_comment="plain: last hit counted")
    ends_at = models.BigIntegerField(db_comment="plain: end of this window")

    class Meta:
        indexes = (models.Index(fields=["ends_at"], name="throttling_ends_at"),)

    def __str__(self) -> str:
        return f"{self.name} {self.key[:8]}"
