"""The helper for choosing a security level."""

from django.http import HttpResponse
from django.shortcuts import render

from passavant.accounts.forms.choosing import ChoosingForm
from passavant.accounts.rules.choosing import ASKS, recommended
from passavant.accounts.rules.levels import offered
from passavant.foundation.access import Request, anyone, door


@door(entry=anyone)
def choosing(request: Request) -> HttpResponse:
    """Questions, then the answer above them: a form that reads, so that the page can be sent to a colleague."""
    form, levels = ChoosingForm.asked(request.GET), offered()
    answered = form.is_valid()
    context = {
        "form": form,
        "answered": answered,
        "advice": recommended(form.situation(), levels) if answered else None,
        "levels": [(level.label, ASKS[level]) for level in levels],
    }
    return render(request, "accounts/choosing.html", context, status=422 if form.errors else 200)
