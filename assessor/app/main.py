"""The audit page: the report of one repository, with the number of services to play with."""

import sys
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd
import streamlit as st

from assessor import pipeline, resources
from assessor.collect.replay import replay
from assessor.errors import AssessorError
from assessor.model import assessment as doc
from assessor.model.view import Section, Sentence, Table
from assessor.render.blocks import flat
from assessor.render.to_md import escaped
from assessor.report.view import view

SAMPLE = "shop"


def main() -> None:
    """Draws the page for the repository named on the command line, else for a sample."""
    st.set_page_config(page_title="assessor", layout="wide")
    lang = st.sidebar.radio("语言 / Language", ["zh", "en"], horizontal=True, key="lang")
    wording = resources.wording("zh" if lang == "zh" else "en")
    chosen = st.sidebar.number_input(
        wording.sentences["app.services"], min_value=0, max_value=99, value=0, key="services"
    )
    try:
        target = _target()
        found = _audit(
            str(target),
            revision=pipeline.revision(target),
            rules=pipeline.rules(None).digest,
            services=int(chosen) or None,
        )
    except AssessorError as error:
        st.error(str(error))
        return
    shown = view(found, wording=wording)
    st.title(escaped(shown.title))
    st.caption(escaped(shown.subtitle))
    for section in shown.sections:
        _section(section)
    st.sidebar.download_button(
        "JSON",
        pipeline.rendered(found, format_="json", lang=wording.lang),
        file_name="assessment.json",
    )


def _target() -> Path:
    """The repository named behind `--` on the command line, else a sample made for this server."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    return _sample()


@st.cache_resource
def _sample() -> Path:
    folder = Path(mkdtemp(prefix="assessor-sample-"), SAMPLE)
    replay(resources.packaged("sample_repos") / SAMPLE, folder)
    return folder


@st.cache_data(show_spinner=True, max_entries=8)
def _audit(path: str, *, revision: str, rules: str, services: int | None) -> doc.Assessment:
    """The assessment of that revision; revision and rules (a digest) are there for the cache."""
    del rules
    options = pipeline.Options(rev=revision or "HEAD", services=services, workers=2)
    return pipeline.audit(Path(path), options=options)


def _section(section: Section) -> None:
    st.header(escaped(section.title), anchor=section.id)
    for block in flat(section):
        if isinstance(block, Sentence):
            st.markdown(escaped(block.text))
        else:
            _table(block)


def _table(table: Table) -> None:
    frame = pd.DataFrame(
        [[cell.text for cell in row] for row in table.rows], columns=list(table.columns)
    )
    st.dataframe(frame, hide_index=True, width="stretch")
    if table.note:
        st.caption(escaped(table.note))
