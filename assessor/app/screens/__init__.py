"""What each page shows: `draw(context)`, one file a page."""
