"""The server: Streamlit, with all that pages need loaded before the first visitor comes.

python -m assessor.app.serve run assessor/app/start.py [settings of Streamlit]
"""

from importlib import import_module

from streamlit.web.cli import main

from assessor.app.main import PAGES

if __name__ == "__main__":
    for page in PAGES:
        import_module(f"assessor.app.screens.{page}")
    main()
