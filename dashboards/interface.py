"""The language of the interface: the one in the URL, else the one chosen before, else the browser's."""

from __future__ import annotations

import streamlit as st

from planner.language import _, languages, nearest, negotiated, speak
from planner.language.words import own_name

NAME = "lang"  # in the URL
CHOSEN = "language-of-the-interface"  # kept for the other pages, whose links carry no ?lang
OFFERED = ("en", "es", "pt", "de", "fr")  # in this order; others follow by tag


def speak_chosen() -> None:
    """Speak the reader's language in this run; callbacks run before the page and call it themselves."""
    speak(_chosen())


def _chosen() -> str:
    """The tag to speak: a reader from Brazil who reads Portuguese keeps the numbers of Brazil."""
    wanted = st.query_params.get(NAME) or st.session_state.get(CHOSEN)
    browser = st.context.locale
    tag = negotiated([wanted, browser])
    if browser and nearest(browser) == tag:
        return negotiated([browser])
    return tag


def switch() -> None:
    """A list of the languages by their own names; the choice stands in the URL and holds for every page."""
    every = [*(tag for tag in OFFERED if tag in languages()), *sorted(set(languages()) - set(OFFERED))]
    shown = nearest(_chosen()) or every[0]
    if NAME in st.query_params or CHOSEN in st.session_state:
        st.query_params[NAME] = shown
        st.session_state[CHOSEN] = shown
    key = f"choose-{NAME}"
    st.session_state[key] = shown
    st.selectbox(
        _("Language"),
        every,
        format_func=own_name,
        key=key,
        on_change=_to_url,
    )


def _to_url() -> None:
    tag = st.session_state[f"choose-{NAME}"]
    st.session_state[CHOSEN] = tag
    st.query_params[NAME] = tag
