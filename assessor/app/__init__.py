"""Streamlit pages: choose, call, show."""
