"""Start of the Streamlit audit: `streamlit run streamlit_app.py [-- PATH]`."""

from assessor.app.main import main

main()
