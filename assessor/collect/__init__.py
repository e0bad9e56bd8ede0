"""The only code that reads disk and git."""
