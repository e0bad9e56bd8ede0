"""The frame around every page: language, project, run, navigation."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import streamlit as st

from assessor.app import access, blocks, frame
from assessor.app.context import Context, enter
from assessor.errors import AssessorError

# Page -> its sign in the navigation. The order is that of reading; the first one opens.
PAGES: Mapping[str, str] = MappingProxyType(
    {
        "overview": "dashboard",
        "maturity": "stairs",
        "coupling": "hub",
        "services": "category",
        "hotspots": "local_fire_department",
        "attest": "signature",
        "trend": "trending_up",
        "portfolio": "folder_copy",
        "report": "description",
        "settings": "settings",
    }
)
_FOLDER = Path(__file__).resolve().parent / "addresses"
_ICON = Path(__file__).resolve().parent / "icon.svg"


def main() -> None:
    """Draws the page that the address names, for the visitor who asks."""
    st.set_page_config(page_title="assessor", page_icon=str(_ICON), layout="wide")
    pages = {
        name: st.Page(
            _FOLDER / f"{name}.py",
            title=name,
            icon=f":material/{sign}:",
            url_path=name,
            default=name == next(iter(PAGES)),
        )
        for name, sign in PAGES.items()
    }
    page = st.navigation(list(pages.values()), position="hidden")
    wording = frame.language()
    try:
        if not access.present(wording):
            return
        context = frame.context(wording, pages=pages)
        enter(context)
        frame.sidebar(context)
        _drawn(context, page)
    except AssessorError as error:
        st.error(str(error), icon=":material/error:")


def _drawn(context: Context, page: st.Page) -> None:
    """The page below its title, or why there is nothing to show yet."""
    name = page.url_path or next(iter(PAGES))
    st.title(context.say(f"app.page.{name}"), anchor=False)
    blocks.refusal()
    if frame.ready(context, page=name):
        page.run()
