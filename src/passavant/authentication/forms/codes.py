"""The code received."""

from passavant.foundation.ui.fields import CodeField
from passavant.foundation.ui.forms import Form


class CodeForm(Form):
    """Six digits."""

    code = CodeField()
