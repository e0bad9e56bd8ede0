"""Start of the Streamlit audit: `streamlit run streamlit_app.py`."""

from assessor.app.main import main

main()
