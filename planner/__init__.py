"""Workforce and multilingual operations planner for contact centres."""
