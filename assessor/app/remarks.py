"""What people say about a rule, a service or a unit."""

import streamlit as st

from assessor.app.context import Context, now
from assessor.render.to_md import escaped
from assessor.store import comments

LONGEST = 4000
_ADDED = "comment-added"  # session: on what, so that it is seen once the page is drawn anew


def draw(context: Context, *, subject: str) -> None:
    """The comments on a subject, and a form for one more where the visitor may."""
    if context.project is None:
        return
    project = context.project.id
    said = comments.comments(context.store, context.who, project=project, subject=subject)
    with st.expander(
        context.say("app.comments", count=len(said)),
        icon=":material/forum:",
        expanded=st.session_state.get(_ADDED) == subject,
    ):
        for each in said:
            st.markdown(escaped(each.text))
            st.caption(escaped(f"{each.made_by} · {each.made_at[:16].replace('T', ' ')}"))
        if not said:
            st.caption(context.say("app.comments.none"))
        if not context.may("assessor"):
            return
        with st.form(f"comment-{subject}", clear_on_submit=True, border=False):
            text = st.text_area(context.say("app.comments.text"), max_chars=LONGEST)
            if st.form_submit_button(context.say("app.comments.add")) and text.strip():
                comments.comment(
                    context.store,
                    context.who,
                    project=project,
                    subject=subject,
                    text=text.strip(),
                    now=now(),
                )
                st.session_state[_ADDED] = subject
                st.rerun()
