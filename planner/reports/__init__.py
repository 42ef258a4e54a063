"""Paper: pages of published figures as PDF and pictures, drawn without a browser."""
