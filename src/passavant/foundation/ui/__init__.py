"""The skin: page frame, form renderer, components as template tags, mail layout."""
