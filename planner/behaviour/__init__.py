"""How customers wait and how long contacts take, measured from the contact log."""
