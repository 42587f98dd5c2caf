"""Write, seal, verify, read back."""

from passavant.foundation.audit.actions.reading import append_only, history
from passavant.foundation.audit.actions.sealing import kept_anchor, seal
from passavant.foundation.audit.actions.verifying import Verdict, verify
from passavant.foundation.audit.actions.writing import write

__all__ = ["Verdict", "append_only", "history", "kept_anchor", "seal", "verify", "write"]
