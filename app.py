"""The dashboards' router: pages by persona. Start it with `planner dashboard --store STORE`."""

import os

import streamlit as st

from dashboards import router

st.set_page_config(
    page_title="Planner", page_icon="static/icon.png", layout="wide", initial_sidebar_state=208
)
router.run(tuple(filter(None, os.environ.get("PLANNER_STORE", "").split(os.pathsep))))
