"""Pure: an assessment becomes the view that every front end shows."""
