"""The audit in a browser: Streamlit pages that choose, call and show. They compute nothing."""
