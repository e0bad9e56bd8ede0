"""Start of the audit: the file that `streamlit run` is given."""

from assessor.app.main import main

main()
