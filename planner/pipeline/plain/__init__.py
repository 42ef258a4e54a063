"""Forecast and backtest of a history without a plan: what a plan would say is read from the data."""
