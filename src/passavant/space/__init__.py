"""« Mon espace personnel »: what one signed-in person sees and changes about oneself."""
